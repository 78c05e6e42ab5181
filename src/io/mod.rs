//! Files: reading them, writing them safely, watching them, finding the log among them.

mod attributes;
mod change;
pub mod choose;
#[cfg(feature = "images")]
pub mod decode;
mod displaced;
mod exchange;
pub mod folder;
mod held;
mod in_place;
mod journal;
mod json;
mod leftover;
mod lingering;
mod located;
mod lock;
pub mod outside;
pub mod pdf;
pub mod picture;
pub mod places;
mod published;
pub mod read;
pub mod reader;
pub mod recent;
pub mod sample;
mod saving;
pub mod settle;
pub mod sidecar;
mod sidecar_error;
pub mod sign;
pub mod store;
pub mod survey;
pub mod taught;
pub mod undo;
mod vigil;
pub mod watch;
mod write_error;
