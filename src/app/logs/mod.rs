//! Opening, loading and switching logs; restoring the last session; teaching.

pub(crate) mod header;
mod introduction;
pub mod list;
pub(in crate::app) mod loading;
pub(in crate::app) mod session;
pub(crate) mod teach;
mod unavailable;
