//! All integration tests, in one binary.

// A failed unwrap ends the test with a message.
#![allow(clippy::unwrap_used)]
// A test may be as long as its story.
#![allow(clippy::too_many_lines)]

mod answers;
mod at_work;
mod bodies;
mod bytes;
mod check;
mod checklist;
mod cited;
mod cli;
mod commands;
mod config;
mod contrast;
mod cut;
mod damaged;
mod days;
mod dice;
mod drive;
mod edits;
mod exchange;
mod explain;
mod export;
mod figures;
mod filters;
mod finder;
mod finding;
mod first_hour;
mod fixing;
mod folders;
mod follow;
mod forms;
mod fuzzed;
mod generated;
mod growth;
mod habit;
mod hostile;
mod house;
mod keys;
mod languages;
mod late;
mod logs;
mod mouse;
mod moving;
mod named;
mod narrow;
mod nesting;
mod outside;
mod own_files;
mod page;
mod papers;
mod pdf;
mod pending;
#[cfg(feature = "images")]
mod pictures;
mod properties;
mod queries;
mod quiz;
mod real_log;
mod rebound;
mod relink;
mod restless;
mod reviewing;
mod sample;
mod savers;
mod schedule;
mod screens;
mod seen;
mod session;
mod settings;
mod settle;
mod shells;
mod sidecar;
mod stable;
mod store;
mod targets;
mod taught;
mod terminal;
mod themes;
mod titles;
mod turmoil;
mod undated;
mod undo;
mod vaults;
mod weeks;
mod whole_pages;
mod words;
mod writing;

/// Sets a modification time long ago, so that the file counts as complete and is read at once.
fn of_long_ago(path: &std::path::Path) {
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    std::fs::File::open(path).and_then(|file| file.set_modified(long_ago)).unwrap();
}
