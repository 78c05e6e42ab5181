//! The state of the three panes. Never names `App`.

pub mod checklist;
pub mod cited;
pub mod filter;
pub mod groups;
pub mod only;
pub mod reader;
mod rows;
mod shape;
pub mod timeline;
