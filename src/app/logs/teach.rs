//! Teaching a form by pointing: shows the raw text with a cursor and, for a chosen line, the forms that
//! fit it, each with a preview of the resulting timeline.

use std::sync::Arc;

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::panes::timeline::Timeline;
use crate::app::screen::body::Body;
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::app::{App, Effect, Overlay, Status, Tone};
use crate::log::Log;
use crate::log::corrections::FormRule;
use crate::log::explain::Account;
use crate::log::parse::Unfit;
use crate::log::parse::offer::Offer;
use crate::say;
use crate::text::cut;
use crate::words::{Language, Say, Sentence};

/// The most columns of a quoted line.
const QUOTED: usize = 40;

/// The state of the overlay.
#[derive(Debug)]
pub struct Teach {
    /// The file, as an index into [`Log::files`].
    pub file: usize,
    /// The line under the cursor, counted from 0.
    pub cursor: usize,
    /// The scroll position.
    pub view: Viewport,
    /// The number of lines.
    lines: usize,
    /// The corrections to make or remove; `None` while the text is shown.
    pub choice: Option<FormList>,
    is_waiting: bool,
}

/// A list of corrections to make or remove.
#[derive(Debug)]
pub struct FormList {
    /// The forms; at least one.
    pub offers: Vec<Offer>,
    /// Index into the forms.
    pub cursor: usize,
    /// The scroll position.
    pub view: Viewport,
    /// A preview of the timeline with the selected form.
    pub timeline: Timeline,
    /// Index of the form that the preview is for.
    made: usize,
}

impl FormList {
    fn new(offers: Vec<Offer>) -> Self {
        let mut choice =
            Self { offers, cursor: 0, view: Viewport::default(), timeline: Timeline::default(), made: usize::MAX };
        choice.preview();
        choice
    }

    /// The selected form.
    pub fn offer(&self) -> &Offer {
        &self.offers[self.cursor.min(self.offers.len() - 1)]
    }

    fn preview(&mut self) {
        if self.made != self.cursor {
            self.timeline = Timeline::default();
            self.timeline.rebuild(&self.offers[self.cursor].log, None);
            self.made = self.cursor;
        }
    }
}

/// The areas of the overlay.
#[derive(Debug, Clone, Copy)]
pub struct Areas {
    /// The whole overlay, border included.
    pub frame: Area,
    /// The chosen line.
    pub line: Area,
    /// The lines of the file, or the forms.
    pub list: Area,
    /// The preview of the timeline.
    pub preview: Area,
}

impl Teach {
    fn new(log: &Log, file: usize, line: usize) -> Self {
        let lines = log.files.get(file).map_or(0, |file| file.line_count());
        let cursor = line.saturating_sub(1).min(lines.saturating_sub(1));
        Self { file, cursor, view: Viewport::default(), lines, choice: None, is_waiting: false }
    }

    /// Lays out the text alone, or the forms above their preview.
    pub fn areas(&self, size: Size) -> Areas {
        let frame = layout::figure_view(size).frame;
        let inside = layout::inside(frame);
        let Some(choice) = &self.choice else {
            return Areas { frame, line: inside, list: inside, preview: inside };
        };
        let rows = u16::try_from(choice.offers.len()).unwrap_or(u16::MAX).min(inside.height / 3).max(1);
        let list = Area { height: rows, ..inside.without_top(2) };
        Areas { frame, line: Area { height: 1, ..inside }, list, preview: inside.without_top(rows + 3) }
    }

    pub(in crate::app) fn body(&self, size: Size) -> Body<'_> {
        let areas = self.areas(size);
        match &self.choice {
            Some(choice) => Body::list((areas.frame, areas.list), choice.view, choice.cursor, choice.offers.len()),
            None => Body::list((areas.frame, areas.list), self.view, self.cursor, self.lines),
        }
    }

    /// The scroll position and cursor of the list that has the focus.
    pub(in crate::app) fn position_mut(&mut self) -> (&mut Viewport, &mut usize) {
        match &mut self.choice {
            Some(choice) => (&mut choice.view, &mut choice.cursor),
            None => (&mut self.view, &mut self.cursor),
        }
    }

    /// Updates the file index after the log's files changed, and drops the forms, which were found in the old log.
    /// Returns `false` if the file is gone.
    pub(in crate::app) fn file_moved(&mut self, now: &dyn Fn(usize) -> Option<usize>) -> bool {
        (self.choice, self.is_waiting) = (None, false);
        now(self.file).map(|file| self.file = file).is_some()
    }

    /// Adapts to changes of the file, and updates the preview.
    pub(in crate::app) fn lay_out(&mut self, app: &App) {
        self.file = self.file.min(app.log.files.len().saturating_sub(1));
        self.lines = app.log.files.get(self.file).map_or(0, |file| file.line_count());
        self.cursor = self.cursor.min(self.lines.saturating_sub(1));
        if let Some(choice) = &mut self.choice {
            choice.cursor = choice.cursor.min(choice.offers.len() - 1);
            choice.preview();
        }
    }
}

/// Returns (label of a form, what the form would find). `log` is the log as it is read now.
pub fn described(offer: &Offer, log: &Log, file: usize, language: Language) -> (String, String) {
    let rule = offer.correction.rule.say(language);
    let label = match offer.is_saved {
        true => say!(language, "remove: {rule} (“{}”)", "清除：{rule}（“{}”）", cut(&offer.correction.line, QUOTED)),
        false if is_in_use(offer.correction.rule, log, file) => say!(language, "{rule} (as now)", "{rule}（当前）"),
        false => rule,
    };
    (label, given(offer, file, language))
}

/// Whether a file is read in this form now.
fn is_in_use(rule: FormRule, log: &Log, file: usize) -> bool {
    let Some(reading) = log.files.get(file).map(|file| &file.reading) else { return false };
    match rule {
        FormRule::Titles(form) => reading.titles.forms.iter().any(|scored| scored.form == form),
        FormRule::Dates(form) => reading.dates.iter().any(|dates| dates.form == form),
        FormRule::Pending => false,
    }
}

/// What is found in the file with a form.
fn given(offer: &Offer, file: usize, language: Language) -> String {
    if file >= offer.log.files.len() {
        return String::new();
    }
    let account = Account::of(&offer.log, file);
    match offer.correction.rule {
        FormRule::Titles(_) => language.counted(account.papers, "entry", "entries", "个条目"),
        FormRule::Dates(_) => language.counted(account.dated(), "date", "dates", "个日期"),
        FormRule::Pending => {
            let items = language.counted(account.pending, "item", "items", "项");
            say!(language, "{items} in the pending list", "待读清单 {items}")
        }
    }
}

impl App {
    /// Opens the raw text of the selection's file at its line.
    pub(in crate::app) fn teach(&mut self) -> Vec<Effect> {
        let (file, line) = self.line_here().unwrap_or((0, 1));
        self.overlays.push(Overlay::Teach(Box::new(Teach::new(&self.log, file, line))));
        Vec::new()
    }

    fn teaching(&mut self) -> Option<&mut Teach> {
        match self.overlays.last_mut() {
            Some(Overlay::Teach(teach)) => Some(teach),
            _ => None,
        }
    }

    /// Asks how the line under the cursor could be read, or makes the selected correction.
    pub(in crate::app) fn point(&mut self) -> Vec<Effect> {
        let language = self.language;
        let Some(teach) = self.teaching() else { return Vec::new() };
        let Some(choice) = &teach.choice else {
            teach.is_waiting = true;
            let effect = Effect::Point { file: teach.file, line: Some(teach.cursor + 1) };
            let text = language.pick("Checking which forms fit this line…", "正在匹配各种写法…").to_owned();
            self.status = Some(Status { text, tone: Tone::Notice });
            return vec![effect];
        };
        let (offer, file) = (choice.offer().clone(), teach.file);
        self.overlays.pop();
        if self.history.is_saving() {
            return self.tell(language.pick("Still saving; try again in a moment", "正在保存修改，请稍后再试").into());
        }
        let keys = (self.call(Action::Teach), self.keymap.call(Action::Forget, Context::Teach));
        let said = Sentence::of(|language| {
            let (rule, given) = (offer.correction.rule.say(language), given(&offer, file, language));
            match offer.is_saved {
                true => say!(language, "Correction removed: {rule}; now {given}", "已清除“{rule}”；现为：{given}"),
                false => say!(
                    language,
                    "Correction saved: {rule} · {given} · to remove it: {}, then {}",
                    "已记住：{rule} · {given} · 先按 {} 再按 {} 可清除",
                    keys.0,
                    keys.1
                ),
            }
        });
        vec![Effect::Correct { change: offer.change, said }]
    }

    /// Lists the corrections of the file, to remove some of them.
    pub(in crate::app) fn forget(&mut self) -> Vec<Effect> {
        let Some(teach) = self.teaching() else { return Vec::new() };
        teach.is_waiting = true;
        teach.choice = None;
        vec![Effect::Point { file: teach.file, line: None }]
    }

    /// Shows the next file of the log.
    pub(in crate::app) fn next_file(&mut self) {
        let log = Arc::clone(&self.log);
        if let Some(teach) = self.teaching().filter(|teach| teach.choice.is_none()) {
            *teach = Teach::new(&log, (teach.file + 1) % log.files.len().max(1), 1);
        }
    }

    /// Shows the forms that fit the line, or why none does.
    pub(in crate::app) fn pointed(&mut self, offers: Result<Vec<Offer>, Unfit>) -> Vec<Effect> {
        let language = self.language;
        self.status.take_if(|status| status.tone == Tone::Notice);
        let Some(teach) = self.teaching().filter(|teach| teach.is_waiting) else { return Vec::new() };
        teach.is_waiting = false;
        match offers {
            Ok(offers) if offers.is_empty() => {
                let none = language.pick("This file has no corrections", "此文件没有手动指定的写法");
                self.tell(none.into())
            }
            Ok(offers) => {
                teach.choice = Some(FormList::new(offers));
                Vec::new()
            }
            Err(unfit) => self.tell_error(unfit.say(language)),
        }
    }

    /// Goes back from the forms to the text. Returns whether the forms were shown.
    pub(in crate::app) fn leave_offers(&mut self) -> bool {
        self.teaching().is_some_and(|teach| teach.choice.take().is_some())
    }

    /// The line under the overlay's cursor, as (file index, line counted from 1).
    pub(in crate::app) fn line_to_teach(&self) -> Option<(usize, usize)> {
        match self.overlays.last() {
            Some(Overlay::Teach(teach)) => Some((teach.file, teach.cursor + 1)),
            _ => None,
        }
    }

    /// Replaces the log after a correction was made or removed.
    pub(in crate::app) fn corrected(&mut self, mut log: Log, said: Sentence) -> Vec<Effect> {
        self.history.replay(&mut log);
        let place = self.timeline.place(&self.log);
        let item = self.checklist.place(&self.log);
        self.log = Arc::new(log);
        self.figures.doubt();
        self.find_again(place.as_ref(), item.as_ref());
        if self.timeline.entry().is_none() {
            self.timeline.start();
        }
        let said = said.take(self.language);
        let followed = self.reviewing.follow_titles(&self.log, self.language);
        self.tell(followed.map_or(said.clone(), |followed| format!("{said} · {followed}")))
    }
}
