//! Overlays for choosing, typing and reading: lists, prompts, the palette, sheets of text.

pub(in crate::app) mod faults;
pub(crate) mod field;
pub(in crate::app) mod help;
pub(in crate::app) mod library;
mod mends;
pub(crate) mod menu;
pub(in crate::app) mod narrow;
mod owed;
pub(crate) mod palette;
pub(crate) mod picker;
pub(crate) mod prompt;
pub(crate) mod sheet;
pub(in crate::app) mod synonyms;
pub(crate) mod themes;
