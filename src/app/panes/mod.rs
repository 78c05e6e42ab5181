//! State of the three panes. Never names `App`.

pub(crate) mod checklist;
pub(crate) mod cited;
pub(crate) mod filter;
pub(crate) mod groups;
pub(crate) mod only;
pub(crate) mod reader;
mod rows;
mod shape;
pub mod timeline;
