//! Papers that are asked about again, and what is known of them.

pub(in crate::app) mod kept;
pub(crate) mod quiz;
pub(in crate::app) mod relink;
pub(crate) mod state;
