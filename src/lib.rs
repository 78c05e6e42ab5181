//! A terminal reader and reviewer for the paper-reading log that you keep as a Markdown file.
//!
//! This library has no stable API: it is public only for the program's own tests, benchmarks and
//! examples, and may change in any release.
//!
//! # Architecture
//!
//! One state, one update function, one view. At the bottom, the log is plain data. The
//! application turns each message into a new state and a list of effects; a thin shell
//! performs the effects and draws.
//!
//! | room | purpose | must not use |
//! |---|---|---|
//! | [`log`] | text ↔ model: parsing, the blocks of a page, verified edits | files, clock, screen |
//! | [`search`] | a query → ranked hits with match positions | the log |
//! | [`review`] | grades → memory model and due dates | files, clock, screen |
//! | [`papers`] | the text of a PDF → title, authors, ids and cited titles | files, clock, screen |
//! | [`app`] | state and update: panes, finder, keys, layout of text | files, threads, clock, terminal |
//! | [`config`] | text → settings and problems | files |
//! | [`ui`] | state → the cells of a frame | mutable state |
//! | [`io`] | files: finding, reading, safe writing, watching; decoding pictures | the application |
//! | [`tui`] | the shell: event loop, terminal, workers, effects | decisions of its own |
//! | [`cli`] | the command line: subcommands with text and JSON output | drawing |
//!
//! Rooms import only from those below them: `cli → {tui, config, app, search, io, review, papers, log}`,
//! `config → {app, review, log}`, `tui → {ui, app, io, review, papers, log}`, `ui → {app, search, log}`,
//! `app → {review, search, papers, log}`, `io → {review, papers, log}`, `review → log`, `papers → log`; `log` and
//! `search` import none. All may use [`text`], which measures text and makes it safe to print, and [`words`], which
//! holds the language of the interface. A test enforces this.
//!
//! # How an item gets ticked
//!
//! Key → [`app::Message`] → [`app::keys::action::Action`] → a [`log::edit::Intent`], applied to the model at once →
//! [`app::Effect::Save`] → [`io::store`] reads the file again, applies the intent to its current text, verifies the
//! change, records it in the journal and saves it → [`app::Message`] `Saved`, or `Refused` with the reason and the
//! file's current state. If another program later saves an older text over the change, `Undone` offers to redo the
//! change.

#[cfg(not(unix))]
compile_error!(
    "papers-tui runs on Linux and macOS. Saving safely needs system calls that Windows lacks; \
         use WSL there."
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
