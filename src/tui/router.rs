//! Routes terminal input to the current event loop. The threads that read the terminal keep running when the
//! user switches logs; each log has its own event loop and channel, so that messages for one log cannot reach the next.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Input;
use crate::app::Message;

/// Sends terminal input to the current event loop.
#[derive(Debug)]
pub struct InputRouter {
    sender: Mutex<Sender<Input>>,
    is_quitting: AtomicBool,
}

impl InputRouter {
    /// Starts with the first event loop's channel.
    pub fn new(sender: Sender<Input>) -> Self {
        Self { sender: Mutex::new(sender), is_quitting: AtomicBool::new(false) }
    }

    /// Sends terminal input to the current event loop.
    ///
    /// # Errors
    /// When no event loop is left.
    pub fn send(&self, input: Input) -> io::Result<()> {
        self.sender().send(input).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    /// Quits without waiting for unhandled input: a signal must work however much has been typed.
    ///
    /// # Errors
    /// When no event loop is left.
    pub fn quit(&self) -> io::Result<()> {
        self.is_quitting.store(true, Ordering::Release);
        self.send(Input::Quit)
    }

    /// Whether to quit without handling more input.
    pub fn is_quitting(&self) -> bool {
        self.is_quitting.load(Ordering::Acquire)
    }

    /// Switches to another event loop. Unhandled terminal input moves along; messages from the old event loop's
    /// workers are dropped. `before` receives from the old channel.
    pub fn switch_to(&self, sender: Sender<Input>, before: &Receiver<Input>) {
        let mut of_now = self.sender();
        for input in before.try_iter().filter(is_of_terminal) {
            // Fails only if the new event loop has already ended.
            let _ = sender.send(input);
        }
        *of_now = sender;
    }

    fn sender(&self) -> MutexGuard<'_, Sender<Input>> {
        // A panic cannot leave the sender inconsistent.
        self.sender.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_of_terminal(input: &Input) -> bool {
    match input {
        Input::Resized | Input::Stop | Input::Continued | Input::Background(_) | Input::Answer(_) | Input::Quit => true,
        Input::Message(message) => {
            matches!(message, Message::Key(_) | Message::Pasted(_) | Message::Mouse { .. })
        }
        Input::Whole(_) | Input::Moved { .. } | Input::Read { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::app::ChangeId;
    use crate::app::keys::key::{Code, KeyPress};

    fn key(c: char) -> Input {
        Input::Message(Message::Key(KeyPress::plain(Code::Char(c))))
    }

    #[test]
    fn keys_are_forwarded_and_worker_messages_are_not() {
        let (of_worker, first) = mpsc::channel();
        let router = InputRouter::new(of_worker.clone());
        let late = || Input::Message(Message::Saved(ChangeId(1)));
        router.send(key('a')).expect("an event loop");
        of_worker.send(late()).expect("an event loop");
        router.send(key('b')).expect("an event loop");
        let (sender, second) = mpsc::channel();
        router.switch_to(sender, &first);
        // A late worker still sends to the old channel, or fails.
        of_worker.send(late()).expect("an event loop");
        drop(first);
        assert!(of_worker.send(late()).is_err());
        router.send(key('c')).expect("an event loop");
        let came: Vec<String> = second.try_iter().map(|input| format!("{input:?}")).collect();
        let wanted: Vec<String> = "abc".chars().map(|c| format!("{:?}", key(c))).collect();
        assert_eq!(came, wanted);
    }
}
