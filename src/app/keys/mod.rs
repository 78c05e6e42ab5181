//! What can be done, and the keys that do it.

pub mod action;
mod bind;
pub mod bindings;
pub(crate) mod context;
pub mod key;
pub mod keymap;
