//! The user's changes to the log: applied at once, saved in order, undone and redone.

pub(in crate::app) mod arriving;
pub(in crate::app) mod changes;
pub(in crate::app) mod editor;
pub(in crate::app) mod history;
pub(in crate::app) mod items;
pub(crate) mod named;
pub(in crate::app) mod news;
pub(in crate::app) mod promote;
