//! What can be done, and the keys that do it.

pub mod action;
pub mod bindings;
pub mod context;
pub mod key;
pub mod keymap;
