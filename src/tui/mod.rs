//! The shell: the event loop, the terminal, the workers, and the effects that the
//! application asks for. It decides nothing.

mod files;
mod input;
mod outside;
pub mod terminal;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::app::{App, Effect, Message};
use crate::io::store::Store;
use crate::log::Log;
use crate::ui;
use crate::ui::theme::Theme;
use files::{Files, Job};
use input::Signals;
use terminal::Screen;

/// What can wake the loop.
#[derive(Debug)]
enum Input {
    /// For the application.
    Message(Message),
    /// The terminal may have another size.
    Resized,
    /// The user, a signal or the terminal ends the program.
    Quit,
}

/// What the panes are opened with.
pub struct Opened {
    /// The log, as read from the files.
    pub log: Log,
    /// The files of the log, in its order.
    pub paths: Vec<PathBuf>,
    /// Said in the status line at the start.
    pub welcome: Option<String>,
}

/// Runs the panes until the user leaves.
///
/// # Errors
/// When there is no terminal, or it fails; or when a change could not be saved at the end.
pub fn run(opened: Opened, store: Store) -> anyhow::Result<()> {
    let signals = Signals::catch().context("cannot catch signals")?;
    let mut screen = Screen::enter().context("cannot open the panes")?;
    let app = App::new(opened.log, screen.size()?, opened.welcome);
    let theme = theme();
    screen.draw(|buffer| ui::view(&app, &theme, buffer))?;
    let (sender, receiver) = mpsc::channel();
    input::start(signals, sender.clone())?;
    let known = app.log.files.iter().map(|file| (file.name.clone(), file.text.clone()));
    let paths = opened.paths;
    let files = paths.iter().cloned().zip(known).map(|(path, (name, text))| (path, name, text));
    let files = Files::start(files.collect(), store, sender.clone())?;
    let mut shell = Shell { app, theme, screen, sender, receiver, files, paths, alarm: None };
    let ended = shell.run();
    let Shell { screen, receiver, files, .. } = shell;
    files.finish();
    drop(screen);
    ended?;
    unsaved(&receiver)
}

/// What the worker could not save after the screen was gone must be said all the same.
fn unsaved(receiver: &Receiver<Input>) -> anyhow::Result<()> {
    let reasons = receiver.try_iter().filter_map(|input| match input {
        Input::Message(Message::Refused(_, reason)) => Some(reason),
        _ => None,
    });
    let reasons: Vec<String> = reasons.collect();
    anyhow::ensure!(reasons.is_empty(), "not saved: {}", reasons.join("; "));
    Ok(())
}

fn theme() -> Theme {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let contains = |name, word| std::env::var(name).is_ok_and(|value| value.contains(word));
    let has_colours = contains("TERM", "256color") || contains("TERM", "kitty") || is_set("COLORTERM");
    if is_set("NO_COLOR") || !has_colours { Theme::plain() } else { Theme::colours() }
}

struct Shell {
    app: App,
    theme: Theme,
    screen: Screen,
    sender: Sender<Input>,
    receiver: Receiver<Input>,
    files: Files,
    /// Where the files of the log stand.
    paths: Vec<PathBuf>,
    /// When the application wants to be woken, and with what.
    alarm: Option<(Instant, u64)>,
}

impl Shell {
    /// Waits, takes in everything that has come, draws once.
    fn run(&mut self) -> anyhow::Result<()> {
        loop {
            let Some(first) = self.wait() else { return Ok(()) };
            let mut next = Some(first);
            while let Some(input) = next {
                if self.take(input)? {
                    return Ok(());
                }
                next = self.receiver.try_recv().ok();
            }
            self.screen.draw(|buffer| ui::view(&self.app, &self.theme, buffer)).context("the terminal is gone")?;
        }
    }

    fn wait(&mut self) -> Option<Input> {
        let Some((at, id)) = self.alarm else { return self.receiver.recv().ok() };
        match self.receiver.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(input) => Some(input),
            Err(RecvTimeoutError::Timeout) => {
                self.alarm = None;
                Some(Input::Message(Message::Alarm(id)))
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Takes one input in; `true` when it ends the program.
    fn take(&mut self, input: Input) -> anyhow::Result<bool> {
        let message = match input {
            Input::Quit => return Ok(true),
            Input::Resized => Message::Resized(self.screen.size()?),
            Input::Message(message) => message,
        };
        for effect in self.app.update(message) {
            match effect {
                Effect::Quit => return Ok(true),
                Effect::Save { id, file, intent } => self.files.ask(Job::Save { id, file, intent }),
                Effect::SaveAliases(_) => {}
                Effect::Copy(text) => self.screen.copy(&text)?,
                Effect::OpenUrl(url) => outside::open_url(url, self.sender.clone()),
                Effect::OpenPdf { file, title } => {
                    let folder = self.paths.get(file).and_then(|path| path.parent()).map(Path::to_owned);
                    outside::open_pdf(folder.into_iter().collect(), title, self.sender.clone());
                }
                Effect::Reload => self.files.ask(Job::Reload),
                Effect::SetAlarm { id, milliseconds } => {
                    self.alarm = Some((Instant::now() + Duration::from_millis(milliseconds), id));
                }
            }
        }
        Ok(false)
    }
}
