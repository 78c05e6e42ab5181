//! Papers that are asked about again, and what is known of them.

pub(in crate::app) mod kept;
pub mod quiz;
pub(in crate::app) mod relink;
pub mod state;
