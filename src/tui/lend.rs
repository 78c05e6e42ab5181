//! The terminal in other hands for a while: those of the user's editor, or of the shell while this
//! program is stopped.

use anyhow::Context;

use super::editor::{self, Chosen, EditorError};
use super::files::Job;
use super::input::turn::Lent;
use super::sitting::Sitting;
use crate::app::Message;
use crate::say;
use crate::words::{Say, Sentence};

impl Sitting<'_> {
    /// Lends the terminal to the user's editor until it ends.
    pub fn edit(&mut self, file: usize, line: usize) -> anyhow::Result<bool> {
        let Some(path) = self.read.as_ref().and_then(|read| read.files.paths.get(file)).cloned() else {
            return Ok(false);
        };
        let ended = match editor::chosen(&self.house.settings.editor) {
            Ok(Chosen { words, is_named }) => {
                if let Some(program) = words.first().filter(|_| !is_named).cloned() {
                    let effects = self.app.update(Message::Noticed(unnamed(program)));
                    self.perform(effects)?;
                }
                if let Some(workers) = &self.workers {
                    workers.files.lend();
                }
                let lent = self.house.turn.as_ref().map(|turn| turn.lend_out());
                self.house.screen.lend();
                let ended = editor::run(&words, &path, line);
                self.house.screen.take_back().context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
                lent.into_iter().for_each(Lent::end);
                if let Some(workers) = &self.workers {
                    workers.files.ask(Job::TakeBack);
                }
                ended
            }
            Err(error) => Err(error),
        };
        let message = match ended {
            Ok(()) => return Ok(false),
            // To have no editor is no error: what was to be edited is shown.
            Err(error @ EditorError::Unset) => Message::Noticed(error.sentence()),
            Err(error) => Message::Failed(error.sentence()),
        };
        let effects = self.app.update(message);
        self.perform(effects)
    }

    /// Gives the terminal to the shell while the program is stopped by `stop`, then undoes it.
    /// Where it was stopped without being asked, the shell may have changed it all the same, and
    /// its size too. `true` when the program ends.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn stop(&mut self, stop: impl FnOnce()) -> anyhow::Result<bool> {
        let lent = self.house.turn.as_ref().map(|turn| turn.lend());
        self.house.screen.lend();
        stop();
        self.house.screen.take_back().context(self.app.language.pick("the terminal is gone", "终端已断开"))?;
        lent.into_iter().for_each(Lent::end);
        self.resized()
    }
}

/// Says which editor was run, where the user has named none.
fn unnamed(program: String) -> Sentence {
    Sentence::of(move |language| {
        say!(language, "edited with {program}: $EDITOR is not set", "未设置 $EDITOR，已用 {program} 编辑")
    })
}
