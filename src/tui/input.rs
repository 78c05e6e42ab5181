//! The thread that waits for keys, signals and the end of the terminal.
//!
//! It sleeps in `poll` without a time limit, so a program that nobody uses costs nothing,
//! and it sees for itself when the terminal hangs up (crossterm #793 would spin).

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};

use super::Input;
use crate::app::keymap::{Code, Key};
use crate::app::{Message, MouseKind};

/// Lines that one notch of the wheel scrolls.
const WHEEL: isize = 3;

/// Starts the thread. It ends when the receiver is gone, or the terminal is.
///
/// # Errors
/// When the signals cannot be caught.
pub fn start(sender: Sender<Input>) -> io::Result<()> {
    let quit = signals(&[SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    let resized = signals(&[SIGWINCH])?;
    std::thread::Builder::new().name("input".into()).spawn(move || {
        // Whatever ends the loop, nothing more can come from the terminal.
        let _ = listen(&sender, &quit, &resized);
        let _ = sender.send(Input::Quit);
    })?;
    Ok(())
}

fn signals(signals: &[i32]) -> io::Result<UnixStream> {
    let (ours, theirs) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    for &signal in signals {
        signal_hook::low_level::pipe::register(signal, theirs.try_clone()?)?;
    }
    Ok(ours)
}

fn listen(sender: &Sender<Input>, quit: &UnixStream, mut resized: &UnixStream) -> io::Result<()> {
    let stdin = io::stdin();
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let mut fds = [
            PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(quit.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(resized.as_fd(), PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Err(rustix::io::Errno::INTR) => continue,
            polled => polled?,
        };
        let [keys, quits, resizes] = fds.map(|fd| fd.revents());
        if quits.intersects(PollFlags::IN) {
            return Ok(());
        }
        if resizes.intersects(PollFlags::IN) {
            let _ = resized.read(&mut [0; 64])?;
            send(sender, Input::Resized)?;
        }
        if keys.intersects(PollFlags::IN) {
            while event::poll(Duration::ZERO)? {
                if let Some(message) = message(event::read()?) {
                    send(sender, Input::Message(message))?;
                }
            }
        } else if keys.intersects(gone) {
            return Ok(());
        }
    }
}

fn send(sender: &Sender<Input>, input: Input) -> io::Result<()> {
    sender.send(input).map_err(|_| io::ErrorKind::BrokenPipe.into())
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Message::Key(self::key(key)?)),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
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
