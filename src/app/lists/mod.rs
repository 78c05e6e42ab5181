//! What is chosen, typed or read over the panes.

pub(in crate::app) mod faults;
pub mod field;
pub(in crate::app) mod help;
pub(in crate::app) mod library;
mod mends;
pub mod menu;
pub(in crate::app) mod narrow;
mod owed;
pub mod palette;
pub mod picker;
pub mod prompt;
pub mod sheet;
pub(in crate::app) mod synonyms;
pub mod themes;
