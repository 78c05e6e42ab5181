//! Searching the log: the finder for entries, and full-text search.

pub(crate) mod chips;
pub(crate) mod everywhere;
pub(crate) mod finder;
pub(in crate::app) mod known;
pub(crate) mod period;
pub mod request;
pub(crate) mod searching;
pub mod text_results;
