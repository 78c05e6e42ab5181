//! A query → ranked hits, with the places that matched. Knows nothing of the log: it takes
//! plain text and gives back indices and positions.
//!
//! # Titles
//!
//! A [`Catalogue`] holds what can be found; a [`Session`] finds it, keystroke by keystroke, in
//! any thread, and stops when it is told to. [`Query`] says what was typed and
//! [`Query::positions`] which chars of a title to highlight. The order of hits is that of
//! [`title::Kind`] for each term, added up; among equals the newest come first.
//!
//! # Text
//!
//! [`text`] finds every place in the whole text of a log, grouped by entry.
//!
//! Places in titles are counted in **chars of the title as it was given**, places in text in
//! **bytes**.

mod body;
mod catalogue;
mod days;
mod found;
mod fuzzy;
mod memory;
mod more;
mod needle;
pub(crate) mod normalise;
pub(crate) mod organisations;
mod pasted;
mod pinyin;
mod query;
mod results;
mod session;
mod sounds;
mod spread;
mod term;
pub mod text;
pub(crate) mod title;
mod walk;
mod words;

pub use catalogue::{Body, Catalogue, Item};
pub use query::{Query, Reading};
pub use results::{Hit, Results};
pub use session::Session;
pub use sounds::Sounds;
pub use spread::Stop;
pub use term::{Mark, Term};
