//! Ranked search with match positions. Knows nothing about the log: it takes plain text, and returns indices and
//! positions.
//!
//! # Titles
//!
//! A [`Catalogue`] holds the items. A [`SearchSession`] searches a catalogue keystroke by keystroke, on any thread, and can
//! be stopped. [`Query`] parses the input, and [`Query::positions`] gives the chars of a title to highlight. Results
//! are ranked by how well each term matches ([`title::MatchKind`]), summed over the terms; ties go to the newest.
//!
//! # Text
//!
//! [`text`] finds all matches in the whole text of a log, grouped by entry.
//!
//! Positions in titles count **chars of the original title**, positions in text count **bytes**.

mod body;
mod cache;
mod catalogue;
mod days;
mod found;
mod fuzzy;
mod needle;
pub(crate) mod normalise;
pub(crate) mod organisations;
mod pasted;
mod pinyin;
mod query;
mod readings;
mod results;
mod session;
mod sounds;
mod spread;
mod term;
pub mod text;
pub(crate) mod title;
mod walk;
mod words;

pub use catalogue::{Catalogue, SearchBody, SearchItem};
pub use query::{Derivation, Query};
pub(crate) use results::Hit;
pub use results::Results;
pub use session::SearchSession;
pub use sounds::SoundIndex;
pub(crate) use spread::Stop;
pub use term::{MatchMode, Term};
