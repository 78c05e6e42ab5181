//! The list of logs that were opened before or are in this folder, and switching to one of them.
//!
//! The current log stays open until the other one has been read and everything is saved. Then the shell
//! starts over with the other log and a fresh state.

use std::ffi::OsString;

use crate::app::lists::menu::{Menu, MenuLine};
use crate::app::{App, Effect, Overlay, Status, Tone};
use crate::say;
use crate::words::{Language, Sentence};

/// Where to read a log from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogSource {
    /// Files, by path.
    Files(Vec<OsString>),
    /// A copy of the sample that comes with the program.
    Sample,
}

/// The state of a listed log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogState {
    /// The current log.
    Open,
    /// Opened before.
    Used,
    /// In this folder, not opened before.
    Here,
    /// Opened before, but gone now.
    Missing,
}

/// A log in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLog {
    /// Where to read it from.
    pub source: LogSource,
    /// The names of its files.
    pub name: String,
    /// The folder that contains them.
    pub folder: String,
    /// Its state.
    pub state: LogState,
}

/// The stages of switching to another log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Choosing,
    /// The shell is reading the other log.
    Reading,
    /// The other log was read, but changes to the current log are still being saved.
    Read,
}

/// The state of the list.
#[derive(Debug)]
pub struct Logs {
    /// The logs with their folders and states.
    pub menu: Menu,
    /// The logs; `None` until the shell has found them.
    offers: Option<Vec<ListedLog>>,
    stage: Stage,
}

impl Default for Logs {
    fn default() -> Self {
        Self { menu: Menu::new(Vec::new()), offers: None, stage: Stage::Choosing }
    }
}

impl Logs {
    /// Fills the list. Text typed meanwhile filters it; without such text, the cursor goes to the first log
    /// that is not open.
    fn fill(&mut self, offers: Vec<ListedLog>, language: Language) {
        let field = std::mem::take(&mut self.menu.field);
        self.menu = Menu::new(offers.iter().map(|offer| line(offer, language)).collect());
        self.menu.field = field;
        self.menu.search();
        let is_open = |hit: usize| offers[hit].state == LogState::Open;
        if self.menu.field.text().is_empty() {
            let other = self.menu.results.hits.iter().position(|hit| !is_open(hit.item));
            self.menu.cursor = other.unwrap_or(0);
        }
        self.offers = Some(offers);
    }

    /// Whether the user can choose: no log is being opened.
    pub(in crate::app) fn is_choosing(&self) -> bool {
        self.stage == Stage::Choosing
    }

    fn chosen(&self) -> Option<&ListedLog> {
        self.offers.as_ref()?.get(self.menu.chosen()?)
    }

    /// The text in place of an empty list.
    pub(crate) fn instead(&self, language: Language) -> &'static str {
        match &self.offers {
            None => language.pick("Looking…", "正在查找…"),
            Some(offers) if offers.is_empty() => language.pick(
                "No recent logs, and none in this folder. Open one with: papers-tui FILE",
                "没有最近打开的日志，此文件夹中也没有日志。请运行“papers-tui 文件”打开。",
            ),
            Some(_) => language.pick("No matching log.", "没有匹配的日志。"),
        }
    }
}

fn line(offer: &ListedLog, language: Language) -> MenuLine {
    let label = match offer.source {
        LogSource::Files(_) => format!("{}  {}", offer.name, offer.folder),
        LogSource::Sample => language.pick("The built-in sample", "内置示例").to_owned(),
    };
    let detail = match offer.state {
        LogState::Open => language.pick("currently open", "已打开"),
        LogState::Used => "",
        LogState::Here => language.pick("in this folder", "在此文件夹"),
        LogState::Missing => language.pick("no longer there", "已不存在"),
    };
    MenuLine { label, detail: detail.to_owned(), name: None, words: String::new() }
}

impl App {
    pub(in crate::app) fn list_logs(&mut self) -> Vec<Effect> {
        self.overlays.push(Overlay::Logs(Box::default()));
        vec![Effect::ListLogs]
    }

    /// The list of logs, even if another overlay is above it.
    fn logs(&mut self) -> Option<&mut Logs> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Logs(logs) => Some(&mut **logs),
            _ => None,
        })
    }

    pub(in crate::app) fn logs_found(&mut self, offers: Vec<ListedLog>) {
        let language = self.language;
        if let Some(logs) = self.logs().filter(|logs| logs.is_choosing()) {
            logs.fill(offers, language);
        }
    }

    /// Opens the selected log. The list stays open until the log has been read; if it cannot be read, the
    /// user can choose again.
    pub(in crate::app) fn open_log(&mut self) -> Vec<Effect> {
        let language = self.language;
        let Some(logs) = self.logs().filter(|logs| logs.is_choosing()) else { return Vec::new() };
        let Some(ListedLog { source, name, state, .. }) = logs.chosen().cloned() else { return Vec::new() };
        if state == LogState::Open {
            self.overlays.pop();
            return Vec::new();
        }
        logs.stage = Stage::Reading;
        let text = say!(language, "Opening {name}…", "正在打开 {name}…");
        self.status = Some(Status { text, tone: Tone::Notice });
        vec![Effect::OpenLog(source)]
    }

    /// The other log was read.
    pub(in crate::app) fn log_read(&mut self) -> Vec<Effect> {
        let Some(logs) = self.logs().filter(|logs| logs.stage == Stage::Reading) else { return Vec::new() };
        logs.stage = Stage::Read;
        self.leave_when_saved()
    }

    /// The other log cannot be read.
    pub(in crate::app) fn log_unread(&mut self, reason: Sentence) -> Vec<Effect> {
        match self.logs().filter(|logs| logs.stage == Stage::Reading) {
            Some(logs) => logs.stage = Stage::Choosing,
            // The user has cancelled.
            None => return Vec::new(),
        }
        self.tell_error(reason.take(self.language))
    }

    /// Switches to the other log if it is ready and everything is saved.
    pub(in crate::app) fn leave_when_saved(&mut self) -> Vec<Effect> {
        let is_saving = self.is_saving() || self.reviewing.is_saving();
        match self.logs() {
            Some(Logs { stage: Stage::Read, .. }) if !is_saving => vec![Effect::SwitchLog],
            Some(Logs { stage: Stage::Read, .. }) => {
                let text = self.language.pick("Saving your changes first…", "正在保存修改…").to_owned();
                self.status = Some(Status { text, tone: Tone::Notice });
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Cancels the switch after a failed save, so that the user sees the error.
    pub(in crate::app) fn stay(&mut self) {
        if let Some(logs) = self.logs() {
            logs.stage = Stage::Choosing;
        }
    }

    /// Whether no log is open yet and the user is choosing one.
    pub(crate) fn is_choosing(&self) -> bool {
        self.log.files.is_empty()
    }
}
