//! State of the three panes. Does not depend on `App`.

pub(crate) mod checklist;
pub(crate) mod cited;
pub(crate) mod filter;
mod folding;
pub(crate) mod groups;
pub(crate) mod part;
pub(crate) mod reader;
mod rows;
pub mod timeline;
