//! Screen geometry. Depends on no other module of the application.

pub(crate) mod body;
pub mod layout;
pub(crate) mod viewport;
