//! Overlays: what is drawn over the panes and gets the keys while open.

use super::finding::everywhere::Everywhere;
use super::finding::finder::Finder;
use super::habit::calendar::Calendar;
use super::habit::statistics::Statistics;
use super::keys::context::Context;
use super::lists::field::Field;
use super::lists::palette::Palette;
use super::lists::picker::Picker;
use super::lists::prompt::Prompt;
use super::lists::sheet::{self, Sheet};
use super::logs::list::Logs;
use super::logs::teach::Teach;
use super::reviewing::quiz::{self, Quiz};
use super::screen::body::Body;
use super::screen::layout::{self, Size, Sizes};
use super::screen::viewport::Viewport;
use super::{App, Effect};

/// An overlay with its state.
#[derive(Debug)]
pub enum Overlay {
    /// Search for entries by title, text and filters.
    Finder(Box<Finder>),
    /// Full-text search of the log.
    Everywhere(Everywhere),
    /// The command palette.
    Palette(Box<Palette>),
    /// The list of logs to open.
    Logs(Box<Logs>),
    /// The raw text of a file, in which the user points at a title to teach its form.
    Teach(Box<Teach>),
    /// Scrollable text: the help, the weekly digest, how the log was read.
    Sheet(Sheet),
    /// A list to choose from.
    Picker(Picker),
    /// A line of input.
    Prompt(Prompt),
    /// One figure full screen, as an index into the page's figures.
    Figure(usize),
    /// A review: the due entries one by one.
    Quiz(Quiz),
    /// The calendar of days with entries.
    Calendar(Calendar),
    /// Reading statistics.
    Statistics(Box<Statistics>),
}

impl Overlay {
    /// The key context while this overlay is on top.
    fn context(&self) -> Context {
        match self {
            Self::Finder(_) => Context::Finder,
            Self::Everywhere(_) => Context::Everywhere,
            Self::Palette(_) => Context::Palette,
            Self::Logs(_) => Context::Logs,
            Self::Teach(_) => Context::Teach,
            Self::Sheet(sheet) => sheet.subject.context(),
            Self::Quiz(_) => Context::Quiz,
            Self::Calendar(_) => Context::Calendar,
            Self::Statistics(_) => Context::Statistics,
            Self::Picker(picker) if picker.is_library() => Context::Library,
            Self::Picker(_) => Context::Picker,
            Self::Prompt(_) => Context::Prompt,
            Self::Figure(_) => Context::Figure,
        }
    }

    /// Updates the file indices after the log's files changed. Returns `false` if the overlay is about a file that is
    /// gone, and must be closed.
    pub(in crate::app) fn moved(&mut self, now: &dyn Fn(usize) -> Option<usize>) -> bool {
        match self {
            Self::Prompt(prompt) => {
                prompt.purpose.moved(now);
                true
            }
            Self::Picker(picker) => picker.moved(now),
            Self::Teach(teach) => teach.file_moved(now),
            // Their results are computed again, or they have no file index.
            Self::Finder(_) | Self::Everywhere(_) | Self::Statistics(_) | Self::Sheet(_) | Self::Figure(_) => true,
            Self::Palette(_) | Self::Logs(_) | Self::Quiz(_) | Self::Calendar(_) => true,
        }
    }

    /// The overlay's scrollable list or text, or `None` if it has none. Movement, the mouse and the position
    /// in the status line all go through it.
    pub(crate) fn body(&self, size: Size, sizes: Sizes) -> Option<Body<'_>> {
        Some(match self {
            Self::Finder(finder) => {
                let areas = layout::finder(size, sizes);
                Body::list((areas.frame, areas.list), finder.view, finder.cursor, finder.results.hits.len())
            }
            Self::Everywhere(everywhere) => everywhere.body(size),
            Self::Palette(palette) => palette.menu.body(size),
            Self::Logs(logs) => logs.menu.body(size),
            Self::Teach(teach) => teach.body(size),
            Self::Picker(picker) => picker.body(size),
            Self::Sheet(sheet) => {
                let frame = sheet::area(size, &sheet.lines);
                Body::text(frame, layout::inside(frame), sheet.view, sheet.lines.len())
            }
            Self::Statistics(statistics) => {
                let frame = statistics.area(size);
                Body::text(frame, layout::inside(frame), statistics.view, statistics.lines.len())
            }
            Self::Quiz(quiz) => Body::text(size.area(), quiz::area(size), quiz.view, quiz.page.lines.len()),
            Self::Prompt(_) | Self::Calendar(_) | Self::Figure(_) => return None,
        })
    }

    /// Stores the position after a move within the body.
    fn put(&mut self, moved: Viewport, selected: Option<usize>) {
        let (view, cursor) = match self {
            Self::Finder(finder) => (&mut finder.view, Some(&mut finder.cursor)),
            Self::Everywhere(everywhere) => (&mut everywhere.view, Some(&mut everywhere.cursor)),
            Self::Palette(palette) => (&mut palette.menu.view, Some(&mut palette.menu.cursor)),
            Self::Logs(logs) => (&mut logs.menu.view, Some(&mut logs.menu.cursor)),
            Self::Picker(picker) => (&mut picker.view, Some(&mut picker.cursor)),
            Self::Teach(teach) => {
                let (view, cursor) = teach.position_mut();
                (view, Some(cursor))
            }
            Self::Sheet(sheet) => (&mut sheet.view, None),
            Self::Statistics(statistics) => (&mut statistics.view, None),
            Self::Quiz(quiz) => (&mut quiz.view, None),
            Self::Prompt(_) | Self::Calendar(_) | Self::Figure(_) => return,
        };
        *view = moved;
        if let (Some(cursor), Some(selected)) = (cursor, selected) {
            *cursor = selected;
        }
    }

    /// Applies a move to the body.
    pub(super) fn go(&mut self, size: Size, sizes: Sizes, act: impl FnOnce(&mut Body<'_>)) {
        let Some(mut body) = self.body(size, sizes) else { return };
        act(&mut body);
        let (view, cursor) = (body.view, body.cursor);
        drop(body);
        self.put(view, cursor);
    }

    /// The overlay's text field, if it has one.
    pub(super) fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Finder(finder) => Some(&mut finder.field),
            Self::Everywhere(everywhere) => Some(&mut everywhere.field),
            Self::Prompt(prompt) => Some(&mut prompt.field),
            Self::Palette(palette) => Some(&mut palette.menu.field),
            // While another log is loading, typed text belongs to neither log.
            Self::Logs(logs) => logs.is_choosing().then_some(&mut logs.menu.field),
            Self::Sheet(_)
            | Self::Teach(_)
            | Self::Picker(_)
            | Self::Figure(_)
            | Self::Quiz(_)
            | Self::Calendar(_)
            | Self::Statistics(_) => None,
        }
    }

    /// Lays out overlays whose lines depend on the width or the log.
    fn lay_out(&mut self, app: &App) {
        match self {
            Self::Sheet(sheet) => sheet.lay_out(app),
            Self::Teach(teach) => teach.lay_out(app),
            Self::Statistics(statistics) => statistics.lay_out(app),
            Self::Quiz(quiz) => quiz.lay_out(app),
            Self::Finder(_)
            | Self::Everywhere(_)
            | Self::Palette(_)
            | Self::Logs(_)
            | Self::Picker(_)
            | Self::Prompt(_)
            | Self::Figure(_)
            | Self::Calendar(_) => return,
        }
        self.go(app.size, app.sizes, |body| body.clamp());
    }
}

impl App {
    /// The context in which keys are looked up.
    pub fn context(&self) -> Context {
        self.overlays.last().map_or(Context::Pane(self.focus), Overlay::context)
    }

    /// The scrollable body of the top overlay.
    pub(crate) fn body(&self) -> Option<Body<'_>> {
        self.overlays.last()?.body(self.size, self.sizes)
    }

    /// Moves within the body of the top overlay.
    pub(super) fn go(&mut self, act: impl FnOnce(&mut Body<'_>)) {
        if let Some(overlay) = self.overlays.last_mut() {
            overlay.go(self.size, self.sizes, act);
        }
    }

    pub(super) fn lay_out_overlays(&mut self) {
        let mut overlays = std::mem::take(&mut self.overlays);
        overlays.iter_mut().for_each(|overlay| overlay.lay_out(self));
        self.overlays = overlays;
    }

    /// Enter in the top overlay: opens the selection or accepts the input.
    pub(super) fn enter(&mut self) -> Vec<Effect> {
        match self.overlays.last() {
            Some(Overlay::Finder(_)) => self.go_to_hit(),
            Some(Overlay::Everywhere(_)) => self.go_to_found(),
            Some(Overlay::Palette(_)) => return self.run_command(),
            Some(Overlay::Logs(_)) => return self.open_log(),
            Some(Overlay::Picker(_)) => return self.choose(),
            Some(Overlay::Prompt(_)) => return self.accept(),
            Some(Overlay::Teach(_)) => return self.point(),
            Some(Overlay::Calendar(_) | Overlay::Statistics(_)) => return self.go_to_day(),
            Some(Overlay::Sheet(_) | Overlay::Figure(_) | Overlay::Quiz(_)) | None => {}
        }
        Vec::new()
    }

    /// Whether the top overlay is a list and its selected row goes to a place in the log.
    pub(crate) fn choice_is_a_place(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => picker.choice().is_some_and(|choice| choice.target.is_place()),
            _ => false,
        }
    }

    /// The finder, if it is the top overlay.
    pub fn finder(&self) -> Option<&Finder> {
        match self.overlays.last() {
            Some(Overlay::Finder(finder)) => Some(finder),
            _ => None,
        }
    }
}
