//! The terminal, taken over and given back.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::frames::Frames;
use super::{background, rescue};
use crate::app::screen::layout::Size;
use crate::text::Safe;
use crate::words::Language;

/// Whether the terminal is ours at the moment.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the program has it. Given back when dropped, on a panic of any thread, and
/// when the program is aborted.
pub struct Screen {
    terminal: Terminal<Frames>,
    /// Whether the mouse is reported.
    mouse: bool,
}

impl Screen {
    /// Takes the terminal over: raw, the other screen, no cursor, paste reported, and the mouse if
    /// it is wanted. Should the program fail, that is said in this language.
    ///
    /// # Errors
    /// When it cannot be set up.
    pub fn enter(mouse: bool, language: Language) -> io::Result<Self> {
        give_back_on_fault(language)?;
        let terminal = take_over(mouse).and_then(|()| Terminal::new(Frames::default()));
        match terminal {
            Ok(terminal) => Ok(Self { terminal, mouse }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// The terminal's size now.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn size(&self) -> io::Result<Size> {
        let size = self.terminal.size()?;
        Ok(Size { width: size.width, height: size.height })
    }

    /// Gives the terminal to another program, as it was before.
    pub(crate) fn lend(&self) {
        give_back();
    }

    /// Takes the terminal back, whatever was done with it meanwhile: a shell may have left raw mode
    /// behind our back. The next frame draws everything, since another program has drawn.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take_back(&mut self) -> io::Result<()> {
        // What is raw already is not made raw again.
        disable_raw_mode()?;
        take_over(self.mouse)?;
        // A new one has drawn nothing yet; `Terminal::clear` would ask the terminal where its
        // cursor is, and not every terminal answers.
        self.terminal = Terminal::new(Frames::default())?;
        Ok(())
    }

    /// Puts a text on the clipboard (OSC 52). Nobody answers, so it cannot be known whether the
    /// terminal allows it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &Safe<'_>) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(&**text))
    }

    /// Asks for the background's colour (the module `background`), or what it is (`protocol`). A
    /// terminal that knows it answers among the keys, when it likes; nobody waits.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn ask(&mut self, question: &[u8]) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(question)?;
        out.flush()
    }

    /// Width and height of a cell in pixels, if the system knows them.
    pub fn cell(&self) -> Option<(u16, u16)> {
        let size = crossterm::terminal::window_size().ok()?;
        let cell = (size.width.checked_div(size.columns)?, size.height.checked_div(size.rows)?);
        (cell.0 > 0 && cell.1 > 0).then_some(cell)
    }

    /// Draws a frame in one go: what differs from the frame before is written, and the
    /// terminal shows it when all of it has come.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, view: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            if let Some(position) = view(frame.buffer_mut()) {
                frame.set_cursor_position(position);
            }
        })?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.terminal.backend_mut().send(&mut io::stdout().lock())
    }
}

/// Whether the terminal is there no more: its window was closed, or the connection to it.
pub(crate) fn is_gone() -> bool {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    let out = io::stdout();
    let mut fds = [PollFd::from_borrowed_fd(out.as_fd(), gone)];
    let polled = poll(&mut fds, Some(&Timespec::default()));
    polled.is_ok() && fds[0].revents().intersects(gone)
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take_over(mouse: bool) -> io::Result<()> {
    IS_TAKEN.store(true, Ordering::Release);
    // First: in the background this stops the program, before it has written anything.
    enable_raw_mode()?;
    let mut out = io::stdout();
    // Some terminals, that of Linux without windows among them, have one screen only, with text on it.
    queue!(out, EnterAlternateScreen, Clear(ClearType::All), cursor::Hide, EnableBracketedPaste)?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.write_all(background::FOLLOW)?;
    out.flush()
}

/// Undoes everything that [`Screen::enter`] did. Nothing can be done about a failure here.
fn give_back() {
    let _ = write_restore(&mut io::stdout());
    let _ = disable_raw_mode();
    IS_TAKEN.store(false, Ordering::Release);
}

/// Writes what undoes everything but raw mode. It may come in the middle of a string: that ends.
///
/// # Errors
/// When it cannot be written.
fn write_restore(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b\\")?;
    queue!(out, EndSynchronizedUpdate, DisableBracketedPaste, DisableMouseCapture)?;
    out.write_all(background::LEAVE)?;
    queue!(out, LeaveAlternateScreen, cursor::Show)?;
    out.flush()
}

/// A panic of any thread gives the terminal back before it is reported, and so does an abort. One
/// beside the main thread ends the program: without that thread it would only seem to work.
fn give_back_on_fault(language: Language) -> io::Result<()> {
    static ONCE: Once = Once::new();
    let mut result = Ok(());
    ONCE.call_once(|| {
        let mut restore = Vec::new();
        result = write_restore(&mut restore).and_then(|()| rescue::stand_by(restore, &IS_TAKEN, language));
        let main = std::thread::current().id();
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Nothing is drawn any more by any thread.
            let _out = io::stdout().lock();
            give_back();
            report(panic);
            if std::thread::current().id() != main {
                std::process::exit(101);
            }
        }));
    });
    result
}
