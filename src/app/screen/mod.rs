//! Where things stand on the screen. Knows no other room.

pub mod body;
pub mod layout;
pub mod viewport;
