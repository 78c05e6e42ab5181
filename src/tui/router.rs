//! Routes terminal input to the current sitting. The threads that read the terminal keep running when the
//! user switches logs; each sitting has its own channel, so that messages for one log cannot reach the next.

use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Input;
use crate::app::Message;

/// The channel of the current sitting.
#[derive(Debug)]
pub struct InputRouter(Mutex<Sender<Input>>);

impl InputRouter {
    /// Starts with the first sitting's channel.
    pub fn new(sender: Sender<Input>) -> Self {
        Self(Mutex::new(sender))
    }

    /// Sends terminal input to the current sitting.
    ///
    /// # Errors
    /// When no sitting is left.
    pub fn send(&self, input: Input) -> io::Result<()> {
        self.sender().send(input).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    /// Switches to another sitting. Unhandled terminal input moves along; messages from the old sitting's workers
    /// are dropped.
    pub fn switch_to(&self, sender: Sender<Input>, before: &Receiver<Input>) {
        let mut of_now = self.sender();
        for input in before.try_iter().filter(is_of_terminal) {
            // Fails only if the new sitting is already over.
            let _ = sender.send(input);
        }
        *of_now = sender;
    }

    fn sender(&self) -> MutexGuard<'_, Sender<Input>> {
        // A panic cannot leave it inconsistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    use crate::app::keys::key::{Code, Key};

    fn key(c: char) -> Input {
        Input::Message(Message::Key(Key::plain(Code::Char(c))))
    }

    #[test]
    fn keys_are_forwarded_and_worker_messages_are_not() {
        let (of_worker, first) = mpsc::channel();
        let router = InputRouter::new(of_worker.clone());
        let late = || Input::Message(Message::Saved(ChangeId(1)));
        router.send(key('a')).expect("a sitting");
        of_worker.send(late()).expect("a sitting");
        router.send(key('b')).expect("a sitting");
        let (sender, second) = mpsc::channel();
        router.switch_to(sender, &first);
        // A late worker still sends to the old sitting, or nowhere.
        of_worker.send(late()).expect("a sitting");
        drop(first);
        assert!(of_worker.send(late()).is_err());
        router.send(key('c')).expect("a sitting");
        let came: Vec<String> = second.try_iter().map(|input| format!("{input:?}")).collect();
        let wanted: Vec<String> = "abc".chars().map(|c| format!("{:?}", key(c))).collect();
        assert_eq!(came, wanted);
    }
}
