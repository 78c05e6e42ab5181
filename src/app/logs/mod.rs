//! Which log is open, how it is loaded, and where reading goes on.

pub(crate) mod header;
mod introduction;
pub mod list;
pub(in crate::app) mod loading;
pub(in crate::app) mod session;
pub(crate) mod teach;
