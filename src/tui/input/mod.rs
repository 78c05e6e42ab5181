//! Threads that wait for keys, signals and the terminal's closing.
//!
//! They block without a timeout, so an idle program uses no CPU. Signals have threads of their own, so that a signal
//! to quit works even if the terminal hangs. The terminal's bytes are parsed here, not by crossterm, whose parser
//! knows few of the replies that terminals send; see the module `filter`.

mod decode;
pub mod event;
pub mod filter;
pub(super) mod lock;
pub(super) mod signals;

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::Input;
use super::router::InputRouter;
use crate::app::keys::key::{Code, KeyPress};
use crate::app::{Message, MouseKind};
use event::TerminalEvent;
use lock::{InputLock, came, is_readable};
use signals::Signals;

/// Lines scrolled per notch of the wheel.
const WHEEL: isize = 3;

/// Starts the threads, which end when the last event loop does or when the terminal closes. Returns the lock that
/// pauses them.
///
/// # Errors
/// When a thread cannot be started.
pub(super) fn start(signals: Signals, router: &Arc<InputRouter>) -> io::Result<Arc<InputLock>> {
    let Signals { mut quit, interrupt, stop, go_on, resized } = signals;
    let lock = Arc::new(InputLock::new(interrupt, stop, go_on)?);
    let quit_router = router.clone();
    let (job_router, input_lock) = (router.clone(), lock.clone());
    std::thread::Builder::new().name("job".into()).spawn(move || {
        let _ = watch_job(&job_router, &input_lock);
    })?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        // If the stream cannot be read, quit as well.
        let _ = quit.read(&mut [0]);
        let _ = quit_router.quit();
    })?;
    let (router, input_lock) = (router.clone(), lock.clone());
    std::thread::Builder::new().name("keys".into()).spawn(move || {
        // However this ends, no more input can come.
        let _ = listen(&router, &input_lock, resized);
        let _ = router.send(Input::Quit);
    })?;
    Ok(lock)
}

/// Handles the signals that the terminal or shell sends to the whole job: interrupt, stop and continue.
fn watch_job(router: &InputRouter, lock: &InputLock) -> io::Result<()> {
    loop {
        let mut fds = [&lock.interrupts, &lock.stops, &lock.continues].map(|stream| PollFd::new(stream, PollFlags::IN));
        match poll(&mut fds, None) {
            Err(Errno::INTR) => continue,
            polled => polled?,
        };
        if lock.is_program_running() {
            // Interrupts are for the other program. Stop when it stops, since the shell waits for us too.
            let stops = came(&lock.stops);
            came(&lock.interrupts);
            came(&lock.continues);
            if stops {
                signals::stop();
            }
            continue;
        }
        let _reading = lock.take();
        if came(&lock.interrupts) {
            router.send(Input::Quit)?;
        }
        if came(&lock.stops) {
            router.send(Input::Stop)?;
        }
        if came(&lock.continues) {
            router.send(Input::Continued)?;
        }
    }
}

fn listen(router: &InputRouter, lock: &InputLock, mut resized: UnixStream) -> io::Result<()> {
    let stdin = io::stdin();
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    let mut bytes = [0; 4096];
    loop {
        let timeout = lock.take().timeout().and_then(|timeout| Timespec::try_from(timeout).ok());
        let mut fds = [
            PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(resized.as_fd(), PollFlags::IN),
        ];
        match poll(&mut fds, timeout.as_ref()) {
            Err(Errno::INTR) => continue,
            Ok(0) => send(router, lock.take().quiet())?,
            polled => _ = polled?,
        }
        let [keys, resizes] = fds.map(|fd| fd.revents());
        if keys.intersects(gone) {
            return Ok(());
        }
        if resizes.intersects(PollFlags::IN) {
            let _ = resized.read(&mut [0; 64])?;
            router.send(Input::Resized)?;
        }
        if keys.intersects(PollFlags::IN) {
            let mut filter = lock.take();
            // Another program may have read the input while it had the terminal.
            if !is_readable(&stdin, Duration::ZERO) {
                continue;
            }
            match rustix::io::read(&stdin, &mut bytes[..]) {
                Err(Errno::INTR | Errno::AGAIN) => {}
                Ok(0) => return Ok(()),
                read => send(router, filter.feed(&bytes[..read?]))?,
            }
        }
    }
}

fn send(router: &InputRouter, events: Vec<TerminalEvent>) -> io::Result<()> {
    events.into_iter().try_for_each(|events| match events {
        TerminalEvent::Background(shade) => router.send(Input::Background(shade)),
        TerminalEvent::Answer(answer) => router.send(Input::Answer(answer)),
        TerminalEvent::Event(event) => message(event).map_or(Ok(()), |message| router.send(Input::Message(message))),
    })
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

fn key(event: KeyEvent) -> Option<KeyPress> {
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
    Some(KeyPress { code, ctrl: has(KeyModifiers::CONTROL), alt: has(KeyModifiers::ALT) })
}
