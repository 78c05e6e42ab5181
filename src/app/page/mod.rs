//! What a page says, laid out in lines. Never names `App`.

pub mod account;
pub mod facts;
pub mod figures;
pub mod flow;
pub mod pages;
pub mod search;
pub mod wrap;
