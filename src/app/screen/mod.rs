//! Screen geometry. Depends on no other module.

pub(crate) mod body;
pub mod layout;
pub(crate) mod viewport;
