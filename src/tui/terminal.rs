//! Sets up the terminal and restores it.

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

/// Whether the terminal is currently set up by us.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal in raw mode on the alternate screen. Restored when dropped, on a panic of any thread, and
/// on an abort.
pub struct Screen {
    terminal: Terminal<Frames>,
    /// Whether the mouse is reported.
    mouse: bool,
}

impl Screen {
    /// Sets up the terminal: raw mode, alternate screen, hidden cursor, bracketed paste and, if wanted, mouse
    /// reports. `language` is for the message after a crash.
    ///
    /// # Errors
    /// When the terminal cannot be set up.
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

    /// The terminal's current size.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn size(&self) -> io::Result<Size> {
        let size = self.terminal.size()?;
        Ok(Size { width: size.width, height: size.height })
    }

    /// Restores the terminal for another program.
    pub(crate) fn suspend(&self) {
        give_back();
    }

    /// Sets up the terminal again, whatever state it is in: a shell may have left raw mode, for example. The next
    /// frame is drawn in full.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn resume(&mut self) -> io::Result<()> {
        // Otherwise crossterm would assume that raw mode is still set.
        disable_raw_mode()?;
        take_over(self.mouse)?;
        // A new `Terminal` redraws everything. `Terminal::clear` would query the cursor position, which not
        // every terminal answers.
        self.terminal = Terminal::new(Frames::default())?;
        Ok(())
    }

    /// Copies text to the clipboard (OSC 52). The terminal does not reply, so a refusal goes unnoticed.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn copy(&mut self, text: &Safe<'_>) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(&**text))
    }

    /// Sends a query: the background's colour (module `background`), or the terminal's name (`protocol`). Does not
    /// wait: the reply, if any, arrives among the keys.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn ask(&mut self, question: &[u8]) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(question)?;
        out.flush()
    }

    /// The size of a cell in pixels, if the operating system knows it.
    pub(crate) fn cell(&self) -> Option<(u16, u16)> {
        let size = crossterm::terminal::window_size().ok()?;
        let cell = (size.width.checked_div(size.columns)?, size.height.checked_div(size.rows)?);
        (cell.0 > 0 && cell.1 > 0).then_some(cell)
    }

    /// Draws a frame: writes what differs from the last frame, as a synchronized update.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn draw(&mut self, view: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
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

/// Whether the terminal's window or connection was closed.
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
    // First, because in a background job this stops the program before it has written anything.
    enable_raw_mode()?;
    let mut out = io::stdout();
    // Clear too: some terminals, such as the Linux console, have no alternate screen and would still show the old
    // text.
    queue!(out, EnterAlternateScreen, Clear(ClearType::All), cursor::Hide, EnableBracketedPaste)?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.write_all(background::FOLLOW)?;
    out.flush()
}

/// Undoes everything that [`Screen::enter`] did. Errors cannot be handled here.
fn give_back() {
    let _ = write_restore(&mut io::stdout());
    let _ = disable_raw_mode();
    IS_TAKEN.store(false, Ordering::Release);
}

/// Writes the sequences that undo everything but raw mode. First ends any control string that was cut off.
///
/// # Errors
/// When the terminal cannot be written to.
fn write_restore(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b\\")?;
    queue!(out, EndSynchronizedUpdate, DisableBracketedPaste, DisableMouseCapture)?;
    out.write_all(background::LEAVE)?;
    queue!(out, LeaveAlternateScreen, cursor::Show)?;
    out.flush()
}

/// Restores the terminal before a panic is reported, and on an abort. A panic in any thread ends the program: without
/// that thread it would only appear to work.
fn give_back_on_fault(language: Language) -> io::Result<()> {
    static ONCE: Once = Once::new();
    let mut result = Ok(());
    ONCE.call_once(|| {
        let mut restore = Vec::new();
        result = write_restore(&mut restore).and_then(|()| rescue::stand_by(restore, &IS_TAKEN, language));
        let main = std::thread::current().id();
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Holding the lock keeps other threads from drawing.
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
