//! Prints text to standard output and standard error.
//!
//! All text from outside the program goes through [`Safe`], because titles, footnotes and file names may contain
//! escape sequences. Only exported documents and JSON are written unchanged, and only to a pipe or file, where every
//! byte counts and no terminal is at risk.

use std::fmt::Arguments;
use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::Style;
use chrono::NaiveDate;
use serde::Serialize;

use crate::log::SectionKind;
use crate::log::date::format_day;
use crate::text::{Safe, padded, safe, safe_json, safe_lines};
use crate::words::Language;

/// Width of a day such as `2031.12.30`, in columns.
pub const DAY: usize = 10;

/// A buffered writer for `write!` and `writeln!` that makes text safe.
pub struct Printer {
    out: BufWriter<Box<dyn Write>>,
    is_terminal: bool,
}

impl Printer {
    /// Standard output, for results.
    pub fn stdout() -> Self {
        Self::to(io::stdout())
    }

    /// Standard error, for messages.
    pub fn stderr() -> Self {
        Self::to(io::stderr())
    }

    /// Another output, such as a file or device.
    pub fn to(out: impl Write + IsTerminal + 'static) -> Self {
        let is_terminal = out.is_terminal();
        Self { out: BufWriter::new(Box::new(out)), is_terminal }
    }

    /// Called by `write!` and `writeln!`; line breaks are kept.
    pub fn write_fmt(&mut self, text: Arguments<'_>) -> io::Result<()> {
        match text.as_str() {
            Some(text) => self.put(&safe_lines(text)),
            None => self.put(&safe_lines(&text.to_string())),
        }
    }

    /// Writes text in a style.
    pub fn styled(&mut self, style: Style, text: &str) -> io::Result<()> {
        write!(self.out, "{style}")?;
        self.put(&safe(text))?;
        write!(self.out, "{style:#}")
    }

    /// Writes a value as one line of JSON.
    pub fn json_line(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string(value)?;
        self.json_text(&text)?;
        Ok(self.out.write_all(b"\n")?)
    }

    /// Writes a value as indented JSON.
    pub fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        if self.is_terminal {
            self.json_text(&serde_json::to_string_pretty(value)?)?;
        } else {
            serde_json::to_writer_pretty(&mut self.out, value)?;
        }
        Ok(self.out.write_all(b"\n")?)
    }

    /// Writes JSON; on a terminal, control characters become JSON escapes.
    pub fn json_text(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal { self.put(&safe_json(text)) } else { self.out.write_all(text.as_bytes()) }
    }

    /// Writes a document for another program; makes it safe only on a terminal.
    pub fn document(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal { self.put(&safe_lines(text)) } else { self.out.write_all(text.as_bytes()) }
    }

    /// Flushes the buffer.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn put(&mut self, text: &Safe<'_>) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }
}

/// Prints the help to standard output: `styled` if colours are wanted, otherwise `plain`. Not made safe, since
/// neither contains text from elsewhere.
pub fn help(plain: &str, styled: &str) -> io::Result<()> {
    let is_plain = !is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut out = io::stdout().lock();
    out.write_all(if is_plain { plain } else { styled }.as_bytes())?;
    out.flush()
}

/// Formats a day as in the interface, padded to [`DAY`] columns. (JSON output uses ISO 8601 dates instead.)
pub fn day(date: Option<NaiveDate>) -> String {
    padded(&date.map(format_day).unwrap_or_default(), DAY)
}

/// Formats the date of an entry, given the kind of its section, padded to [`DAY`] columns. No day is made up: an entry
/// dated only by its month or year shows just that (`2031.5`, `2031`). A range that is not a whole year shows its
/// first day, to fit.
pub fn entry_date(kind: SectionKind, language: Language) -> String {
    match kind {
        SectionKind::Range(first, _) if kind.whole_year().is_none() => day(Some(first)),
        _ => padded(&kind.describe(language).unwrap_or_default(), DAY),
    }
}

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Width in columns of the terminal on standard output; `None` if that is not a terminal.
pub fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|&columns| columns > 0)
}
