//! Overlays for choosing, typing and reading: lists, prompts, the palette, sheets of text.

pub(crate) mod field;
mod fixes;
pub(in crate::app) mod help;
pub(in crate::app) mod library;
pub(crate) mod menu;
pub(in crate::app) mod narrow;
pub(crate) mod palette;
pub(crate) mod picker;
pub(in crate::app) mod problems;
pub(crate) mod prompt;
pub(crate) mod sheet;
pub(in crate::app) mod synonyms;
pub(crate) mod themes;
mod todo;
