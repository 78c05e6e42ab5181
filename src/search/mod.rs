//! A query → ranked titles, with the places that matched. Knows nothing of the log.

pub mod fuzzy;
