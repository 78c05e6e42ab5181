//! The threads that wait for keys, signals and the end of the terminal.
//!
//! They sleep without a time limit, so a program that nobody uses costs nothing. Signals
//! have a thread of their own: when the terminal hangs up, crossterm may read for ever
//! (crossterm #793), and the program must end all the same.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};

use super::Input;
use super::background::{Answer, Listener};
use super::outlet::Outlet;
use crate::app::keys::key::{Code, Key};
use crate::app::{Message, MouseKind};

/// Lines that one notch of the wheel scrolls.
const WHEEL: isize = 3;

/// Whose turn it is to read the terminal: that of the keys' thread, unless it is lent to
/// another program. What is typed then is that program's alone, and so are interrupts.
#[derive(Debug)]
pub struct Turn {
    reading: Mutex<()>,
    /// Has something to read after an interrupt; never waits.
    interrupt: UnixStream,
}

/// The terminal, lent until this is dropped.
pub struct Lent<'a> {
    turn: &'a Turn,
    _reading: MutexGuard<'a, ()>,
}

impl Turn {
    /// Waits until no key is being read, and lends the terminal.
    pub fn lend(&self) -> Lent<'_> {
        Lent { turn: self, _reading: self.take() }
    }

    fn take(&self) -> MutexGuard<'_, ()> {
        // Nothing is guarded but the turn itself: a panic leaves nothing half done.
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there was an interrupt since this was last asked.
    fn was_interrupted(&self) -> bool {
        (&self.interrupt).read(&mut [0; 64]).is_ok_and(|read| read > 0)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        // The terminal sends an interrupt to all who use it; it was meant for the other program.
        self.turn.was_interrupted();
    }
}

/// Signals that are caught from when this is made: one that comes before anyone listens waits.
pub struct Signals {
    quit: UnixStream,
    interrupt: UnixStream,
    resized: UnixStream,
}

impl Signals {
    /// Begins to catch them.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn catch() -> io::Result<Self> {
        Ok(Self {
            quit: caught(&[SIGHUP, SIGTERM])?,
            interrupt: caught(&[SIGINT, SIGQUIT])?,
            resized: caught(&[SIGWINCH])?,
        })
    }
}

/// A stream that has something to read after one of these signals.
fn caught(signals: &[i32]) -> io::Result<UnixStream> {
    let (ours, theirs) = UnixStream::pair()?;
    for &signal in signals {
        signal_hook::low_level::pipe::register(signal, theirs.try_clone()?)?;
    }
    Ok(ours)
}

/// Starts the threads. They end when no sitting is left, or the terminal is. What they read
/// from the terminal can be lent.
///
/// # Errors
/// When there can be no more threads.
pub fn start(signals: Signals, outlet: &Arc<Outlet>) -> io::Result<Arc<Turn>> {
    let Signals { mut quit, interrupt, resized } = signals;
    interrupt.set_nonblocking(true)?;
    let turn = Arc::new(Turn { reading: Mutex::default(), interrupt });
    let outlet_of_quit = outlet.clone();
    let (outlet_of_interrupt, whose) = (outlet.clone(), turn.clone());
    std::thread::Builder::new().name("interrupts".into()).spawn(move || {
        let _ = watch_interrupts(&outlet_of_interrupt, &whose);
    })?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        // A stream that cannot be read is as good a reason to leave as a signal.
        let _ = quit.read(&mut [0]);
        let _ = outlet_of_quit.send(Input::Quit);
    })?;
    let (outlet, whose) = (outlet.clone(), turn.clone());
    std::thread::Builder::new().name("keys".into()).spawn(move || {
        // Whatever ends the loop, nothing more can come from the terminal.
        let _ = listen(&outlet, &whose, resized);
        let _ = outlet.send(Input::Quit);
    })?;
    Ok(turn)
}

fn watch_interrupts(outlet: &Outlet, turn: &Turn) -> io::Result<()> {
    loop {
        match poll(&mut [PollFd::from_borrowed_fd(turn.interrupt.as_fd(), PollFlags::IN)], None) {
            Err(rustix::io::Errno::INTR) => continue,
            polled => polled?,
        };
        let _reading = turn.take();
        if turn.was_interrupted() {
            outlet.send(Input::Quit)?;
        }
    }
}

fn listen(outlet: &Outlet, turn: &Turn, mut resized: UnixStream) -> io::Result<()> {
    let stdin = io::stdin();
    let mut listener = Listener::default();
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let mut fds = [
            PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(resized.as_fd(), PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Err(rustix::io::Errno::INTR) => continue,
            polled => polled?,
        };
        let [keys, resizes] = fds.map(|fd| fd.revents());
        if keys.intersects(gone) {
            return Ok(());
        }
        if resizes.intersects(PollFlags::IN) {
            let _ = resized.read(&mut [0; 64])?;
            outlet.send(Input::Resized)?;
        }
        if keys.intersects(PollFlags::IN) {
            let _reading = turn.take();
            while event::poll(Duration::ZERO)? {
                let Answer { events, background } = listener.hear(event::read()?);
                if let Some(shade) = background {
                    outlet.send(Input::Background(shade))?;
                }
                for message in events.into_iter().filter_map(message) {
                    outlet.send(Input::Message(message))?;
                }
            }
        }
    }
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Message::Key(self::key(key)?)),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::ScrollDown => MouseKind::Wheel(WHEEL),
                MouseEventKind::ScrollUp => MouseKind::Wheel(-WHEEL),
                _ => return None,
            };
            Some(Message::Mouse { at: (mouse.column, mouse.row), kind })
        }
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    let has = |modifier| event.modifiers.contains(modifier);
    Some(Key { code, ctrl: has(KeyModifiers::CONTROL), alt: has(KeyModifiers::ALT) })
}
