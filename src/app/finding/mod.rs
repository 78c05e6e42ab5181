//! Searching the log: the finder and everything search.

pub mod chips;
pub mod everywhere;
pub mod finder;
pub(in crate::app) mod known;
pub mod period;
pub mod places;
pub mod question;
pub mod searching;
