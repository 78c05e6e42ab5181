//! Turns frames into as few bytes as possible, and sends each in one write.
//!
//! Ratatui's own backend moves the cursor after every wide character and flushes a frame in pieces of a
//! kilobyte, both of which are visible over a slow connection.

use std::io::{self, Write};

use crossterm::style::{Attribute, Colors, Print, SetAttribute, SetColors, SetUnderlineColor};
use crossterm::{cursor, queue, terminal};
use ratatui::backend::{Backend, ClearType, IntoCrossterm, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

/// Attributes with the codes that set and clear them. Bold and dim are cleared together.
const ATTRIBUTES: [(Modifier, Attribute, Attribute); 9] = [
    (Modifier::BOLD, Attribute::Bold, Attribute::NormalIntensity),
    (Modifier::DIM, Attribute::Dim, Attribute::NormalIntensity),
    (Modifier::ITALIC, Attribute::Italic, Attribute::NoItalic),
    (Modifier::UNDERLINED, Attribute::Underlined, Attribute::NoUnderline),
    (Modifier::SLOW_BLINK, Attribute::SlowBlink, Attribute::NoBlink),
    (Modifier::RAPID_BLINK, Attribute::RapidBlink, Attribute::NoBlink),
    (Modifier::REVERSED, Attribute::Reverse, Attribute::NoReverse),
    (Modifier::HIDDEN, Attribute::Hidden, Attribute::NoHidden),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut, Attribute::NotCrossedOut),
];

/// The bytes of a frame, until they are sent.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    /// Writes the frame at once.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn send(&mut self, out: &mut impl Write) -> io::Result<()> {
        let sent = out.write_all(&self.bytes).and_then(|()| out.flush());
        self.bytes.clear();
        sent
    }
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal's current colours and attributes.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self =
        Self { fg: Color::Reset, bg: Color::Reset, underline: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, underline: cell.underline_color, modifier: cell.modifier }
    }

    /// Whether a blank cell looks the same in both; without a glyph, the foreground does not show.
    fn looks_alike_where_blank(self, other: Self) -> bool {
        let seen = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
        self.bg == other.bg && !(self.modifier | other.modifier).intersects(seen)
    }

    /// Writes the change from another look: either the difference or a reset, whichever is shorter.
    fn queue(self, before: Self, out: &mut Vec<u8>) -> io::Result<()> {
        if self == before {
            return Ok(());
        }
        let (mut changed, mut anew) = (Vec::new(), Vec::new());
        self.queue_changes(before, &mut changed)?;
        queue!(anew, SetAttribute(Attribute::Reset))?;
        self.queue_changes(Self::PLAIN, &mut anew)?;
        out.write_all(if anew.len() < changed.len() { &anew } else { &changed })
    }

    fn queue_changes(self, before: Self, out: &mut Vec<u8>) -> io::Result<()> {
        if self.modifier != before.modifier {
            attributes(before.modifier, self.modifier, out)?;
        }
        let changed = |to: Color, from: Color| (to != from).then(|| to.into_crossterm());
        let (foreground, background) = (changed(self.fg, before.fg), changed(self.bg, before.bg));
        if foreground.is_some() || background.is_some() {
            queue!(out, SetColors(Colors { foreground, background }))?;
        }
        if let Some(colour) = changed(self.underline, before.underline) {
            queue!(out, SetUnderlineColor(colour))?;
        }
        Ok(())
    }
}

fn attributes(before: Modifier, after: Modifier, out: &mut Vec<u8>) -> io::Result<()> {
    let intensity = Modifier::BOLD | Modifier::DIM;
    let blinking = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
    let (gone, mut new) = (before - after, after - before);
    let mut cleared = Vec::new();
    for (modifier, _, clear) in ATTRIBUTES {
        if gone.contains(modifier) && !cleared.contains(&clear) {
            queue!(out, SetAttribute(clear))?;
            cleared.push(clear);
            // The code clears both attributes of a pair, so set the other again.
            let with = [intensity, blinking].into_iter().find(|with| with.contains(modifier));
            new |= with.unwrap_or_default() & after;
        }
    }
    for (modifier, set, _) in ATTRIBUTES {
        if new.contains(modifier) {
            queue!(out, SetAttribute(set))?;
        }
    }
    Ok(())
}

/// The width of a symbol in columns; `None` for emoji and multi-codepoint symbols, on which terminals disagree.
fn certain_width(symbol: &str) -> Option<u16> {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let is_east_asian = matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}');
    let is_emoji = matches!(c, '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}');
    match c.width() {
        Some(1) => Some(1),
        Some(2) if is_east_asian && !is_emoji => Some(2),
        _ => None,
    }
}

/// Moves the cursor to a cell in as few bytes as possible. `from` is the current position, if known.
fn go(from: Option<(u16, u16)>, (x, y): (u16, u16), out: &mut Vec<u8>) -> io::Result<()> {
    match from {
        Some(from) if from == (x, y) => Ok(()),
        Some((column, row)) if row == y && column + 1 == x => out.write_all(b"\x1b[C"),
        Some((column, row)) if row == y && column < x => queue!(out, cursor::MoveRight(x - column)),
        _ => queue!(out, cursor::MoveTo(x, y)),
    }
}

impl Backend for Frames {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut look = Look::PLAIN;
        let mut cursor: Option<(u16, u16)> = None;
        for (x, y, cell) in content {
            go(cursor, (x, y), &mut self.bytes)?;
            let wanted = Look::of(cell);
            if cell.symbol() != " " || !wanted.looks_alike_where_blank(look) {
                wanted.queue(look, &mut self.bytes)?;
                look = wanted;
            }
            queue!(self.bytes, Print(cell.symbol()))?;
            cursor = certain_width(cell.symbol()).and_then(|width| x.checked_add(width)).map(|x| (x, y));
        }
        Look::PLAIN.queue(look, &mut self.bytes)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        queue!(self.bytes, cursor::Hide)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        queue!(self.bytes, cursor::Show)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        cursor::position().map(|(x, y)| Position { x, y })
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        queue!(self.bytes, cursor::MoveTo(x, y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        let region = match region {
            ClearType::All => terminal::ClearType::All,
            ClearType::AfterCursor => terminal::ClearType::FromCursorDown,
            ClearType::BeforeCursor => terminal::ClearType::FromCursorUp,
            ClearType::CurrentLine => terminal::ClearType::CurrentLine,
            ClearType::UntilNewLine => terminal::ClearType::UntilNewLine,
        };
        queue!(self.bytes, terminal::Clear(region))
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let terminal::WindowSize { columns, rows, width, height } = terminal::window_size()?;
        let cells = Size { width: columns, height: rows };
        Ok(WindowSize { columns_rows: cells, pixels: Size { width, height } })
    }

    /// Does nothing: the frame is sent as a whole by [`Frames::send`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
