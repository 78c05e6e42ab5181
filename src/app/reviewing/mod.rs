//! Spaced review of papers.

pub(in crate::app) mod messages;
pub(crate) mod quiz;
pub(in crate::app) mod relink;
pub(crate) mod state;
