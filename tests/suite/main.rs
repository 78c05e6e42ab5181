//! All integration tests, in one binary.

// A failed unwrap ends the test with a message.
#![allow(clippy::unwrap_used)]
// End-to-end tests are long.
#![allow(clippy::too_many_lines)]

mod architecture;
mod beginning;
mod bibliographies;
mod check;
mod checklist;
mod cited;
mod cli;
mod commands;
mod concurrent_saves;
mod config;
mod contrast;
mod damaged;
mod days;
mod drive;
mod edited_sample_logs;
mod edits;
mod explain;
mod export;
mod figures;
mod file_moves;
mod filters;
mod finder;
mod finding;
mod first_hour;
mod fixing;
mod folders;
mod forms;
mod frame_bytes;
mod fuzzed;
mod generated;
mod hostile;
mod keys;
mod kinds;
mod kinds_around_titles;
mod kinds_of_citations;
mod kinds_of_dates;
mod kinds_of_forms;
mod kinds_of_headings;
mod kinds_of_tables;
mod kinds_of_tasks;
mod kinds_of_titles;
mod kinds_within_titles;
mod languages;
mod late_writes;
mod links;
mod logs;
mod mouse;
mod moved_files;
mod nesting;
mod outside;
mod outside_changes;
mod own_files;
mod page;
mod paper_pages;
mod papers;
mod partial_view;
mod pdf;
mod pdf_titles;
mod pending;
#[cfg(feature = "images")]
mod pictures;
mod properties;
mod queries;
mod quiz;
mod random;
mod random_input;
mod real_log;
mod rebound_keys;
mod renamed_titles;
mod review_changes;
mod reviewing;
mod running_time;
mod sample;
mod schedule;
mod screens;
mod session;
mod settings;
mod shells;
mod sidecar;
mod small_logs;
mod stability;
mod stale_screen;
mod statistics;
mod store;
mod targets;
mod teaching;
mod terminal;
mod terminal_replies;
mod themes;
mod titles;
mod translations;
mod truncation;
mod undated;
mod undo;
mod undo_text;
mod unfinished_saves;
mod usage;
mod vaults;
mod weeks;
mod whole_pages;
mod writing;

/// Sets a modification time long ago, so that the file counts as complete and is read at once.
fn of_long_ago(path: &std::path::Path) {
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    std::fs::File::open(path).and_then(|file| file.set_modified(long_ago)).unwrap();
}
