//! Reading a page: following links, viewing figures, searching.

pub(in crate::app) mod gallery;
pub(in crate::app) mod jumps;
pub(in crate::app) mod links;
pub(in crate::app) mod preview;
pub(in crate::app) mod search;
