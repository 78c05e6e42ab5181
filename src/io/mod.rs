//! Files: reading them, writing them safely, watching them, finding the log among them.

mod attributes;
pub mod choose;
#[cfg(feature = "images")]
pub mod decode;
mod exchange;
mod in_place;
mod journal;
mod json;
mod lock;
pub mod outside;
pub mod pdf;
pub mod picture;
pub mod places;
mod published;
pub mod read;
pub mod recent;
pub mod sample;
pub mod sidecar;
pub mod store;
pub mod survey;
mod vigil;
pub mod watch;
mod write_error;
