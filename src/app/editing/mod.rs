//! The user's changes: made at once, saved in turn, undone.

pub(in crate::app) mod arriving;
pub(in crate::app) mod changes;
pub(in crate::app) mod editor;
pub(in crate::app) mod history;
pub(in crate::app) mod items;
pub(crate) mod named;
pub(in crate::app) mod news;
pub(in crate::app) mod promote;
