//! Other logs: those that were opened before or stand in this folder, and the way to one of them.
//!
//! The log that is open stays so until the other one is read and everything here is saved. Then
//! the shell begins anew with the other one, and nothing of this one is left.

use std::ffi::OsString;

use crate::app::lists::menu::{Line, Menu};
use crate::app::{App, Effect, Overlay, Status, Tone};
use crate::say;
use crate::words::{Language, Sentence};

/// A log, for the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// These files, by their paths.
    Files(Vec<OsString>),
    /// A copy of the sample that comes with the program.
    Sample,
}

/// How a log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the one that is open.
    Open,
    /// It was opened before.
    Used,
    /// It was not opened before, but is in this folder.
    Here,
    /// It was opened before, and is not there any more.
    Missing,
}

/// A log that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which it is.
    pub which: Which,
    /// What its files are called.
    pub name: String,
    /// The folder that they stand in.
    pub folder: String,
    /// How it stands.
    pub standing: Standing,
}

/// How far one is on the way to another log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Choosing,
    /// The shell reads it.
    Reading,
    /// It is read; what is changed here is still being saved.
    Read,
}

/// The list's state.
#[derive(Debug)]
pub struct Logs {
    /// What they are called, where they are, and how they stand.
    pub menu: Menu,
    /// The same, for the shell; `None` until it is known what there is.
    offers: Option<Vec<Offer>>,
    way: Way,
}

impl Default for Logs {
    fn default() -> Self {
        Self { menu: Menu::new(Vec::new()), offers: None, way: Way::Choosing }
    }
}

impl Logs {
    /// Takes in what there is. What was typed meanwhile is looked for in it; with nothing typed the
    /// cursor is on the first that is not open.
    fn fill(&mut self, offers: Vec<Offer>, language: Language) {
        let field = std::mem::take(&mut self.menu.field);
        self.menu = Menu::new(offers.iter().map(|offer| line(offer, language)).collect());
        self.menu.field = field;
        self.menu.search();
        let is_open = |hit: usize| offers[hit].standing == Standing::Open;
        if self.menu.field.text().is_empty() {
            let other = self.menu.results.hits.iter().position(|hit| !is_open(hit.item));
            self.menu.cursor = other.unwrap_or(0);
        }
        self.offers = Some(offers);
    }

    /// Whether a line can be chosen: none is on the way.
    pub(in crate::app) fn is_choosing(&self) -> bool {
        self.way == Way::Choosing
    }

    fn chosen(&self) -> Option<&Offer> {
        self.offers.as_ref()?.get(self.menu.chosen()?)
    }

    /// What is said where no log is listed.
    pub fn instead(&self, language: Language) -> &'static str {
        match &self.offers {
            None => language.pick("Looking…", "正在查找…"),
            Some(offers) if offers.is_empty() => language.pick(
                "No log was opened before, and there is none in this folder. Open one with: papers-tui FILE",
                "没有打开过其他日志，此文件夹中也没有。用 papers-tui FILE 打开一份。",
            ),
            Some(_) => language.pick("No matching log.", "没有这样的日志。"),
        }
    }
}

fn line(offer: &Offer, language: Language) -> Line {
    let label = match offer.which {
        Which::Files(_) => format!("{}  {}", offer.name, offer.folder),
        Which::Sample => language.pick("The sample that comes with the program", "程序自带的示例").to_owned(),
    };
    let detail = match offer.standing {
        Standing::Open => language.pick("open", "已打开"),
        Standing::Used => "",
        Standing::Here => language.pick("here", "在此文件夹"),
        Standing::Missing => language.pick("not there", "已不存在"),
    };
    Line { label, detail: detail.to_owned(), name: None, words: String::new() }
}

impl App {
    /// Lists the logs.
    pub(in crate::app) fn list_logs(&mut self) -> Vec<Effect> {
        self.overlays.push(Overlay::Logs(Box::default()));
        vec![Effect::ListLogs]
    }

    /// The list of logs, wherever it lies.
    fn logs(&mut self) -> Option<&mut Logs> {
        self.overlays.iter_mut().find_map(|overlay| match overlay {
            Overlay::Logs(logs) => Some(&mut **logs),
            _ => None,
        })
    }

    pub(in crate::app) fn logs_found(&mut self, offers: Vec<Offer>) {
        let language = self.language;
        if let Some(logs) = self.logs().filter(|logs| logs.is_choosing()) {
            logs.fill(offers, language);
        }
    }

    /// Asks for the log under the cursor. The list stays until it is there, or cannot be read.
    pub(in crate::app) fn open_log(&mut self) -> Vec<Effect> {
        let language = self.language;
        let Some(logs) = self.logs().filter(|logs| logs.is_choosing()) else { return Vec::new() };
        let Some(Offer { which, name, standing, .. }) = logs.chosen().cloned() else { return Vec::new() };
        if standing == Standing::Open {
            self.overlays.pop();
            return Vec::new();
        }
        logs.way = Way::Reading;
        let text = say!(language, "Opening {name}…", "正在打开 {name}…");
        self.status = Some(Status { text, tone: Tone::Notice });
        vec![Effect::OpenLog(which)]
    }

    /// The log that was asked for is read.
    pub(in crate::app) fn log_read(&mut self) -> Vec<Effect> {
        let Some(logs) = self.logs().filter(|logs| logs.way == Way::Reading) else { return Vec::new() };
        logs.way = Way::Read;
        self.leave_when_saved()
    }

    /// The log that was asked for cannot be read.
    pub(in crate::app) fn log_unread(&mut self, reason: Sentence) -> Vec<Effect> {
        match self.logs().filter(|logs| logs.way == Way::Reading) {
            Some(logs) => logs.way = Way::Choosing,
            // It is not wanted any more.
            None => return Vec::new(),
        }
        self.tell_error(reason.take(self.language))
    }

    /// Leaves this log if another one is ready, once everything is saved.
    pub(in crate::app) fn leave_when_saved(&mut self) -> Vec<Effect> {
        let is_saving = self.is_saving() || self.reviewing.is_saving();
        match self.logs() {
            Some(Logs { way: Way::Read, .. }) if !is_saving => vec![Effect::Leave],
            Some(Logs { way: Way::Read, .. }) => {
                let text = self.language.pick("Saving first…", "先保存修改…").to_owned();
                self.status = Some(Status { text, tone: Tone::Notice });
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Something could not be saved: that is to be seen before anything else.
    pub(in crate::app) fn stay(&mut self) {
        if let Some(logs) = self.logs() {
            logs.way = Way::Choosing;
        }
    }

    /// Whether there is no log yet: one is being chosen.
    pub(crate) fn is_choosing(&self) -> bool {
        self.log.files.is_empty()
    }
}
