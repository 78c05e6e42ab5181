//! Moving around: cursors, folds, focus, opening and closing.

use super::finding::finder::Finder;
use super::lists::prompt::{Prompt, Purpose};
use super::panes::filter::ItemFilter;
use super::screen::layout::{Arrangement, Divider, Pane};
use super::{App, Effect, Overlay};

/// How many columns one key press moves a divider.
const DIVIDER: i16 = 2;

/// How many rows one key press moves the divider above the checklist.
const DIVIDER_ROWS: i16 = 1;

impl App {
    pub(super) fn focus_by(&mut self, by: usize) {
        let at = Pane::ALL.iter().position(|&pane| pane == self.focus).unwrap_or(0);
        self.focus = Pane::ALL[(at + by) % Pane::ALL.len()];
    }

    /// Moves the divider beside the focused pane by this many steps, to the right if positive. On a wide
    /// screen with the checklist focused, that is the divider left of the checklist; otherwise it is the one
    /// right of the timeline.
    pub(super) fn move_divider(&mut self, by: i16) {
        let columns = |pane| self.pane_area(pane).map(|area| area.width);
        match (self.arrangement(), self.focus) {
            (Arrangement::Wide, Pane::Pending) => {
                let pending = columns(Pane::Pending).map(|width| width.saturating_add_signed(-by * DIVIDER));
                self.sizes.pending = pending.or(self.sizes.pending);
            }
            (Arrangement::Wide | Arrangement::Medium, _) => {
                let timeline = columns(Pane::Timeline).map(|width| width.saturating_add_signed(by * DIVIDER));
                self.sizes.timeline = timeline.or(self.sizes.timeline);
            }
            _ => {}
        }
    }

    /// Makes the checklist this many steps taller, or shorter if negative; only if it is below the timeline.
    pub(super) fn heighten(&mut self, by: i16) -> Vec<Effect> {
        match self.pane_area(Pane::Pending).filter(|_| self.arrangement() == Arrangement::Medium) {
            Some(area) => {
                let row = area.y.saturating_add_signed(-by * DIVIDER_ROWS);
                self.sizes = self.sizes.with_divider(self.size, Divider::Rows, (area.x, row));
                Vec::new()
            }
            None => self.tell(
                self.language
                    .pick("The panes are side by side; only their width can change", "窗格是左右排列的，只能调整宽度")
                    .into(),
            ),
        }
    }

    /// Folds or unfolds the text above the pending list.
    pub(super) fn toggle_prose(&mut self) -> Vec<Effect> {
        if self.checklist.has_prose() {
            self.checklist.set_prose(!self.checklist.shows_prose());
            return Vec::new();
        }
        self.tell(self.language.pick("There is no text above the list", "清单上方没有文字").into())
    }

    /// Half the height of the focused pane or overlay, in lines.
    pub(super) fn half_page(&self) -> isize {
        if !self.overlays.is_empty() {
            return self.body().map_or(1, |body| body.half_page());
        }
        self.text_area(self.focus).map_or(1, |area| isize::from(area.height.cast_signed() / 2).max(1))
    }

    /// Moves the cursor of the focused pane or overlay; scrolls if it has none.
    pub(super) fn move_by(&mut self, by: isize) {
        let page = self.text_area(Pane::Summary).map_or(0, |area| usize::from(area.height));
        let pending = self.text_area(Pane::Pending).map_or(0, |area| usize::from(area.height));
        match self.overlays.last() {
            Some(Overlay::Figure(_)) => return self.move_figures(by),
            Some(_) => return self.go(|body| body.move_by(by)),
            None => {}
        }
        match self.focus {
            Pane::Timeline => {
                let last = self.timeline.rows.len().saturating_sub(1);
                self.timeline.cursor = self.timeline.cursor.saturating_add_signed(by).min(last);
            }
            Pane::Summary => self.reader.view.scroll(by, page, self.reader.lines.len()),
            Pane::Pending if self.checklist.cursor.is_none() && self.checklist.lost().is_none() => {
                self.checklist.view.scroll(by, pending, self.checklist.rows.len());
            }
            Pane::Pending => self.checklist.move_by(by),
        }
    }

    pub(super) fn fold(&mut self) {
        let columns = self.checklist_columns().unwrap_or(1);
        let folded = match self.focus {
            Pane::Timeline => self.timeline.fold(&self.log),
            Pane::Pending => self.checklist.fold(&self.log, columns),
            Pane::Summary => false,
        };
        if !folded && self.focus != Pane::Timeline {
            self.focus_by(2);
        }
    }

    pub(super) fn unfold(&mut self) {
        let columns = self.checklist_columns().unwrap_or(1);
        let unfolded = match self.focus {
            Pane::Timeline => self.timeline.unfold(&self.log),
            Pane::Pending => self.checklist.unfold(&self.log, columns),
            Pane::Summary => false,
        };
        if !unfolded && self.focus != Pane::Pending {
            self.focus_by(1);
        }
    }

    /// Opens what the cursor is on, or accepts the input.
    pub(super) fn open(&mut self) -> Vec<Effect> {
        let columns = self.checklist_columns().unwrap_or(1);
        if !self.overlays.is_empty() {
            return self.enter();
        }
        match self.focus {
            Pane::Timeline if self.timeline.is_on_group() => {
                if !self.timeline.unfold(&self.log) {
                    self.timeline.fold(&self.log);
                }
            }
            Pane::Timeline => self.focus = Pane::Summary,
            Pane::Pending => {
                if !self.checklist.is_on_group(&self.log) {
                    let opened = self.open_linked().or_else(|| self.open_known());
                    return opened.unwrap_or_else(|| self.nothing_to_open());
                }
                if !self.checklist.unfold(&self.log, columns) {
                    self.checklist.fold(&self.log, columns);
                }
            }
            Pane::Summary => {}
        }
        Vec::new()
    }

    /// Closes the top overlay. Without one, dismisses the message, the filter, the search or the narrowing of
    /// the timeline, one per call. Closing the finder also goes back to where the finder was opened; closing
    /// the list of logs when no log is open yet quits.
    pub(super) fn cancel(&mut self) -> Vec<Effect> {
        if self.leave_offers() {
            return Vec::new();
        }
        self.forget_pdf();
        match self.overlays.pop() {
            Some(Overlay::Logs(_)) if self.is_choosing() => return vec![Effect::Quit],
            Some(Overlay::Finder(finder)) => {
                let origin = finder.origin;
                self.timeline.rebuild(&self.log, origin.place.as_ref());
                self.reader.end_preview();
                self.lay_out();
                self.reader.view = origin.view;
                self.reader.search = origin.search.map(|search| search.again(&self.reader.lines, origin.view.top));
            }
            Some(Overlay::Prompt(Prompt { purpose: Purpose::SearchPage { from }, .. })) => {
                self.reader.search = None;
                self.reader.view.top = from;
            }
            Some(Overlay::Prompt(Prompt { purpose: Purpose::NarrowSheet, .. })) => self.narrow_sheet(String::new()),
            Some(Overlay::Prompt(Prompt { purpose: Purpose::FilterItems { before }, .. })) => {
                self.set_filter(ItemFilter { query: String::new(), ..before });
            }
            Some(_) => {}
            None if self.status.is_some() => self.status = None,
            None if self.focus == Pane::Pending && self.checklist.filter.is_on() => {
                self.set_filter(ItemFilter::default())
            }
            None if self.focus != Pane::Pending && self.reader.search.is_some() => self.reader.search = None,
            None if self.timeline.part.is_some() => self.show_part(None),
            None if self.focus == Pane::Pending => self.set_filter(ItemFilter::default()),
            None => self.reader.search = None,
        }
        Vec::new()
    }

    /// Goes from the finder to the selected paper, and within it to the text that matched.
    pub(super) fn go_to_hit(&mut self) {
        let Some(entry) = self.finder().and_then(Finder::entry) else { return };
        let found = self.found_in_text();
        let key = self.log.entries[entry].key.clone();
        let Some(Overlay::Finder(finder)) = self.overlays.pop() else { return };
        self.reader.end_preview();
        self.go_to(&key);
        self.lay_out();
        match found {
            Some(found) => {
                self.reader.search = None;
                self.show_in_page(found);
            }
            None => {
                let search = finder.origin.search;
                self.reader.search = search.map(|search| search.again(&self.reader.lines, self.reader.view.top));
            }
        }
    }
}
