//! The contents of the page, laid out in lines. Does not depend on `App`.

pub(crate) mod account;
pub(crate) mod facts;
pub mod figures;
pub mod flow;
pub mod pages;
pub(crate) mod search;
pub mod wrap;
