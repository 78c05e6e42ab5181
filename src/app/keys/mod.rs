//! Actions and their key bindings.

pub mod action;
mod bind;
pub mod bindings;
pub(crate) mod context;
pub mod guide;
pub mod key;
pub mod keymap;
