//! Lends the terminal to the user's editor, or to the shell while the program is suspended.

use anyhow::Context;

use super::editor::{self, EditorCommand, EditorError};
use super::event_loop::EventLoop;
use super::files::FileJob;
use super::input::lock::InputPause;
use crate::app::Message;
use crate::say;
use crate::words::{Say, Sentence};

impl EventLoop<'_> {
    /// Runs the user's editor in the terminal until it exits. Returns `true` to end the event loop.
    pub fn edit(&mut self, file: usize, line: usize) -> anyhow::Result<bool> {
        let Some(path) = self.read.as_ref().and_then(|read| read.files.paths.get(file)).cloned() else {
            return Ok(false);
        };
        let ended = match editor::chosen(&self.shell.settings.editor) {
            Ok(EditorCommand { words, is_named }) => {
                if let Some(program) = words.first().filter(|_| !is_named).cloned() {
                    let effects = self.app.update(Message::Noticed(unnamed(program)));
                    self.perform(effects)?;
                }
                if let Some(workers) = &self.workers {
                    workers.files.editor_opens();
                }
                let pause = self.shell.input_lock.as_ref().map(|lock| lock.pause_for_program());
                self.shell.screen.suspend();
                let ended = editor::run(&words, &path, line);
                self.shell.screen.resume().context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
                pause.into_iter().for_each(InputPause::end);
                if let Some(workers) = &self.workers {
                    workers.files.ask(FileJob::EditorClosed);
                }
                ended
            }
            Err(error) => Err(error),
        };
        let message = match ended {
            Ok(()) => return Ok(false),
            // Having no editor is not an error.
            Err(error @ EditorError::Unset) => Message::Noticed(error.sentence()),
            Err(error) => Message::Failed(error.sentence()),
        };
        let effects = self.app.update(message);
        self.perform(effects)
    }

    /// Restores the terminal for the shell, suspends the program by calling `stop`, and afterwards sets up the
    /// terminal again. Also used after the program was stopped by force, since the shell may have changed the
    /// terminal or its size. Returns `true` to end the event loop.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn stop(&mut self, stop: impl FnOnce()) -> anyhow::Result<bool> {
        let pause = self.shell.input_lock.as_ref().map(|lock| lock.pause());
        self.shell.screen.suspend();
        stop();
        self.shell.screen.resume().context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
        pause.into_iter().for_each(InputPause::end);
        self.resized()
    }

    /// Tells the user that there is no shell to suspend to. Returns `true` to end the event loop.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn cannot_stop(&mut self) -> anyhow::Result<bool> {
        let effects = self.app.update(Message::Noticed(lone()));
        self.perform(effects)
    }
}

/// Names the fallback editor that was run.
fn unnamed(program: String) -> Sentence {
    Sentence::of(move |language| {
        say!(language, "Edited with {program}, because $EDITOR is not set", "未设置 $EDITOR，已用 {program} 编辑")
    })
}

/// The message when there is no shell to suspend to.
fn lone() -> Sentence {
    Sentence::of(|language| {
        language
            .pick(
                "No shell to suspend to: the terminal runs only this program",
                "没有可返回的 shell：此终端只运行本程序",
            )
            .to_owned()
    })
}
