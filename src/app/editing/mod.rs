//! The user's changes to the log: applied at once, saved in order, undone and redone.

pub(in crate::app) mod changes;
pub(in crate::app) mod editor;
pub(in crate::app) mod history;
pub(in crate::app) mod items;
pub(in crate::app) mod new_file;
pub(in crate::app) mod news;
pub(crate) mod pdf_title;
pub(in crate::app) mod promote;
