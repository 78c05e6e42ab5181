//! A terminal reader and reviewer for the paper-reading log that you keep as a Markdown file.
//!
//! This library is the program's own: what is public is what its tests, benchmarks and examples
//! need, and any release may change it.
//!
//! # The map
//!
//! One state, one update, one view. The log is plain data on the ground floor; the
//! application turns what happened into a new state and a list of effects; a thin shell
//! performs the effects and draws.
//!
//! | room | what it is for | what it never does |
//! |---|---|---|
//! | [`log`] | text → model, model → text: parsing, blocks of a page, edits and their proof | files, clock, screen |
//! | [`search`] | a query → ranked hits, with the places that matched in titles and text | know the log |
//! | [`review`] | grades → what is remembered, and what is due when | files, clock, screen |
//! | [`papers`] | the text of a PDF → its title, authors and ids, and which titles it cites | files, clock, screen |
//! | [`app`] | state and update: panes, finder, keys, layout of text | files, threads, clock, terminal |
//! | [`config`] | a text → the user's settings, and what is wrong with it | files; anything but data |
//! | [`ui`] | state → cells of a frame | change the state |
//! | [`io`] | files: reading, safe writing, watching, choosing; decoding pictures | know the application |
//! | [`tui`] | the shell: event loop, terminal, workers, effects | decide anything |
//! | [`cli`] | the command line: subcommands, text and JSON | draw |
//!
//! Arrows point downwards only: `cli → {tui, config, app, search, io, review, papers, log}`,
//! `config → {app, review, log}`, `tui → {ui, app, io, review, papers, log}`, `ui → {app, search, log}`, `app → {review, search, papers, log}`,
//! `io → {review, papers, log}`, `review → log`, `papers → log`; `log` and `search` know nobody.
//! All may use [`text`], which measures text and makes it safe to show, and [`words`], which
//! chooses the language of the interface. A test holds the code to them.
//!
//! # The way of one tick
//!
//! Key → [`app::Message`] → [`app::keys::action::Action`] → an [`log::edit::Intent`], applied to the
//! model at once → [`app::Effect::Save`] → [`io::store`] re-reads the file, aims the intent at
//! what is there now, proves the change, notes it in the journal and publishes it →
//! [`app::Message`] `Saved`, or `Refused` with the reason and the file's real state. Should
//! another program save an older text over it, `Undone` offers it again.

#[cfg(not(unix))]
compile_error!(
    "papers-tui runs on Linux and macOS. Saving so that nothing is lost needs what these systems give it, \
     and Windows does not; there it runs in WSL."
);

#[cfg(unix)]
pub mod app;
#[cfg(unix)]
pub mod cli;
#[cfg(unix)]
pub mod config;
#[cfg(unix)]
pub mod io;
#[cfg(unix)]
pub mod log;
#[cfg(unix)]
pub mod papers;
#[cfg(unix)]
pub mod review;
#[cfg(unix)]
pub mod search;
#[cfg(unix)]
pub mod text;
#[cfg(unix)]
pub mod tui;
#[cfg(unix)]
pub mod ui;
#[cfg(unix)]
pub mod words;
