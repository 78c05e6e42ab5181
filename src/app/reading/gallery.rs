//! Figures of the page: which to load, and showing one full screen.

use crate::app::message::Effect;
use crate::app::page::figures::{FigureId, FigureRequest};
use crate::app::panes::timeline::TimelineRow;
use crate::app::screen::layout::{self, Size};
use crate::app::{App, Overlay};
use crate::log::Figure;
use crate::words::Sentence;

/// How many screens of the page to load pictures for, the visible one included.
const AHEAD: usize = 2;

impl App {
    /// Returns (index of the page's file, figures of the page).
    pub(crate) fn page_figures(&self) -> (usize, Vec<Figure>) {
        let log = &self.log;
        match self.page_row() {
            Some(TimelineRow::Entry(entry, _)) => {
                let entry = &log.entries[entry];
                (entry.file(), log.figures_of(entry))
            }
            Some(TimelineRow::Section(section, _)) => {
                let section = &log.sections[section];
                (section.file(), log.figures_of_note(section))
            }
            Some(TimelineRow::Group(_)) | None => (0, Vec::new()),
        }
    }

    /// The id of a figure of the page, by index.
    pub(crate) fn figure_id(&self, index: usize) -> Option<FigureId> {
        let (file, figures) = self.page_figures();
        figures.into_iter().nth(index).map(|figure| FigureId { file, path: figure.path })
    }

    /// The figure shown full screen, as an index into the page's figures.
    pub(crate) fn shown_figure(&self) -> Option<usize> {
        match self.overlays.last() {
            Some(Overlay::Figure(index)) => Some(*index),
            _ => None,
        }
    }

    /// The size in cells of a figure shown full screen, or why it cannot be shown.
    pub(crate) fn full_size(&self, index: usize) -> Result<Size, Sentence> {
        let area = layout::figure_view(self.size).picture;
        let room = Size { width: area.width, height: area.height };
        let id = self
            .figure_id(index)
            .ok_or_else(|| Sentence::new("the figure is gone".to_owned(), "图片已不存在".to_owned()))?;
        self.figures.full_size(&id, room, &self.keymap)
    }

    /// Requests figures from the shell, if the request has changed.
    pub(in crate::app) fn want_figures(&mut self) -> Option<Effect> {
        let wanted = if self.is_too_small() { Vec::new() } else { self.wanted_figures() };
        self.figures.want(wanted).map(Effect::ShowFigures)
    }

    /// The figures to load, most urgent first: the one shown full screen with its neighbours, those on this
    /// and the next screen of the page, and those of unknown size.
    fn wanted_figures(&self) -> Vec<FigureRequest> {
        let (file, figures) = self.page_figures();
        let id = |index: usize| figures.get(index).map(|figure| FigureId { file, path: figure.path.clone() });
        let alone = self.shown_figure().into_iter().flat_map(|at| [Some(at), at.checked_add(1), at.checked_sub(1)]);
        let alone = alone.flatten().filter_map(|index| {
            let cells = self.full_size(index).ok()?;
            Some(FigureRequest { figure: id(index)?, cells: Some(cells) })
        });
        let height = self.page_area().map_or(0, |area| usize::from(area.height));
        let lines = &self.reader.lines;
        let near = &lines[self.reader.view.lines(AHEAD * height, lines.len())];
        let slices = near.iter().filter_map(|line| Some((line.figure?.figure, line.figure?.slice?)));
        let on_page =
            slices.filter_map(|(index, slice)| Some(FigureRequest { figure: id(index)?, cells: Some(slice.picture) }));
        let unknown = (0..figures.len()).filter_map(id).filter(|id| self.figures.found(id).is_none());
        let unknown = unknown.map(|figure| FigureRequest { figure, cells: None });
        let mut wanted: Vec<FigureRequest> = Vec::new();
        for each in alone.chain(on_page).chain(unknown) {
            if !wanted.contains(&each) {
                wanted.push(each);
            }
        }
        wanted
    }

    /// Shows the figure in view full screen, or else the next one below, or the first.
    pub(in crate::app) fn show_figures(&mut self) -> Vec<Effect> {
        if self.page_figures().1.is_empty() {
            return self.tell(self.language.pick("This summary has no figures", "这篇笔记没有图片").into());
        }
        let below = self.reader.lines.iter().skip(self.reader.view.top);
        let next = below.filter_map(|line| line.figure).map(|line| line.figure).next();
        self.overlays.push(Overlay::Figure(next.unwrap_or(0)));
        Vec::new()
    }

    /// Moves by figures, stopping at both ends.
    pub(in crate::app) fn move_figures(&mut self, by: isize) {
        let last = self.page_figures().1.len().saturating_sub(1);
        if let Some(Overlay::Figure(index)) = self.overlays.last_mut() {
            *index = index.saturating_add_signed(by).min(last);
        }
    }

    /// Opens the figure shown full screen in another program. The user has seen its path on the screen.
    pub(in crate::app) fn open_outside(&mut self) -> Vec<Effect> {
        let Some(id) = self.shown_figure().and_then(|index| self.figure_id(index)) else { return Vec::new() };
        vec![Effect::OpenOutside(id)]
    }

    /// After a reload: closes the figure shown full screen if it is gone.
    pub(in crate::app) fn keep_figure(&mut self) {
        let count = self.page_figures().1.len();
        let is_gone = |overlay: &Overlay| matches!(overlay, Overlay::Figure(index) if *index >= count);
        self.overlays.retain(|overlay| !is_gone(overlay));
    }
}
