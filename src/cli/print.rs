//! What the command line writes: the only way to standard output and standard error.
//!
//! Nothing is written but [`Safe`] text, whatever a title, a footnote or a file's name may hold. Only
//! what is piped to other programs as JSON, CSV, BibTeX or HTML goes out as it is: there every byte
//! counts, and no terminal is in danger.

use std::fmt::Arguments;
use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::Style;
use chrono::NaiveDate;
use serde::Serialize;

use crate::log::date::format_day;
use crate::text::{Safe, padded, safe, safe_json, safe_lines};

/// Columns of a day: `2031.12.30`.
pub const DAY: usize = 10;

/// Writes to one of the two, and `writeln!` writes to it.
pub struct Printer {
    out: BufWriter<Box<dyn Write>>,
    is_terminal: bool,
}

impl Printer {
    /// For results.
    pub fn stdout() -> Self {
        Self::to(io::stdout())
    }

    /// For messages.
    pub fn stderr() -> Self {
        Self::to(io::stderr())
    }

    /// To any other place, such as a file that is a device.
    pub fn to(out: impl Write + IsTerminal + 'static) -> Self {
        let is_terminal = out.is_terminal();
        Self { out: BufWriter::new(Box::new(out)), is_terminal }
    }

    /// Writes text of one line or many: what `write!` and `writeln!` call.
    pub fn write_fmt(&mut self, text: Arguments<'_>) -> io::Result<()> {
        match text.as_str() {
            Some(text) => self.put(&safe_lines(text)),
            None => self.put(&safe_lines(&text.to_string())),
        }
    }

    /// Writes a text in a style.
    pub fn styled(&mut self, style: Style, text: &str) -> io::Result<()> {
        write!(self.out, "{style}")?;
        self.put(&safe(text))?;
        write!(self.out, "{style:#}")
    }

    /// Writes a value as JSON on one line.
    pub fn json_line(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string(value)?;
        self.json_text(&text)?;
        Ok(self.out.write_all(b"\n")?)
    }

    /// Writes a value as JSON that can be read.
    pub fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        if self.is_terminal {
            self.json_text(&serde_json::to_string_pretty(value)?)?;
        } else {
            serde_json::to_writer_pretty(&mut self.out, value)?;
        }
        Ok(self.out.write_all(b"\n")?)
    }

    /// Writes a whole document in JSON; for a terminal with escapes, which mean the same.
    pub fn json_text(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal { self.put(&safe_json(text)) } else { self.out.write_all(text.as_bytes()) }
    }

    /// Writes a document for another program.
    pub fn document(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal { self.put(&safe_lines(text)) } else { self.out.write_all(text.as_bytes()) }
    }

    /// Sees to it that everything is written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn put(&mut self, text: &Safe<'_>) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }
}

/// A day as the panes write it, for lists that people read: so many columns wide at least. In JSON days are
/// ISO 8601.
pub fn day(date: Option<NaiveDate>) -> String {
    padded(&date.map(format_day).unwrap_or_default(), DAY)
}

/// Whether results go to a terminal.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Columns of the terminal that results go to.
pub fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|&columns| columns > 0)
}
