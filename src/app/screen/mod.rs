//! Where things stand on the screen. Knows no other room.

pub(crate) mod body;
pub mod layout;
pub(crate) mod viewport;
