//! The session: where the user left a log. Plain data that the shell keeps between runs.
//!
//! Rows are identified by name, not by index, so that they are found again after the log has changed.
//! If the timeline's row is gone, the cursor goes to the row with the nearest date.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::app::page::search::PageSearch;
use crate::app::panes::checklist::ItemId;
use crate::app::panes::filter::ItemFilter;
use crate::app::panes::groups::GroupName;
use crate::app::panes::reader::ReadingPosition;
use crate::app::panes::timeline::RowId;
use crate::app::screen::layout::Pane;
use crate::log::Log;

/// Where the user left a log.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedSession {
    /// The schema's version: [`Self::VERSION`] or an older one.
    pub version: u64,
    focus: Pane,
    /// The timeline's cursor.
    place: Option<RowId>,
    /// The date at the timeline's cursor, to find the nearest row if `place` is gone.
    date: Option<NaiveDate>,
    /// The byte of its file at which `place` starts: a hint how much of the log the first frame needs.
    byte: usize,
    /// The reading position on the page of `place`.
    reached: ReadingPosition,
    /// Folded groups of the timeline.
    #[serde(alias = "months")]
    folded: BTreeSet<GroupName>,
    /// The checklist's cursor.
    item: Option<ItemId>,
    /// Folded groups of the checklist.
    groups: BTreeSet<String>,
    filter: ItemFilter,
    /// The query of the search in the page.
    search: Option<String>,
    /// Columns of the timeline if the user changed them.
    timeline: Option<u16>,
    /// Columns of the checklist if the user changed them.
    pending: Option<u16>,
    /// Rows of the checklist if the user changed them.
    rows: Option<u16>,
    zoomed: bool,
    /// Whether the text above the pending list is unfolded.
    prose: bool,
}

impl SavedSession {
    /// The schema version that this program writes.
    pub(crate) const VERSION: u64 = 2;
}

impl SavedSession {
    /// How much of the log, in bytes, is above the timeline's cursor.
    pub(crate) fn bytes_above(&self) -> usize {
        self.byte
    }

    /// Whether both cursors are at places in this log, which may be only the beginning of the whole one.
    pub(crate) fn is_in(&self, log: &Log) -> bool {
        let has_item = |item: &ItemId| item.find(log).is_some();
        self.place.as_ref().is_none_or(|place| place.is_in(log)) && self.item.as_ref().is_none_or(has_item)
    }
}

impl App {
    /// The session to save.
    pub fn session(&self) -> SavedSession {
        let search = self.reader.search.as_ref().map(|search| search.query.clone());
        SavedSession {
            version: SavedSession::VERSION,
            focus: self.focus,
            place: self.timeline.place(&self.log),
            date: self.timeline.date(&self.log),
            byte: self.timeline.byte(&self.log),
            reached: self.reader.reached(),
            folded: self.timeline.folded().clone(),
            item: self.checklist.place(&self.log),
            groups: self.checklist.folded().clone(),
            filter: self.checklist.filter.clone(),
            search: search.filter(|query| !query.is_empty()),
            timeline: self.sizes.timeline,
            pending: self.sizes.pending,
            rows: self.sizes.rows,
            zoomed: self.sizes.zoomed,
            prose: self.checklist.shows_prose(),
        }
    }

    /// Restores a session.
    pub fn resume(&mut self, session: SavedSession) {
        let SavedSession { focus, place, date, reached, folded, item, groups, filter, search, .. } = session;
        self.focus = focus;
        self.sizes.timeline = session.timeline.or(self.sizes.timeline);
        self.sizes.pending = session.pending.or(self.sizes.pending);
        self.sizes.rows = session.rows.or(self.sizes.rows);
        self.sizes.zoomed = session.zoomed;
        self.checklist.set_prose(session.prose);
        self.timeline.resume(&self.log, folded, place.as_ref(), date);
        if let Some(place) = place {
            self.reader.remember(place, reached);
        }
        let made = (self.checklist_columns().unwrap_or(1), self.revision);
        self.checklist.resume(&self.log, groups, filter, item.as_ref(), made);
        self.lay_out();
        if let Some(query) = search {
            self.reader.search = Some(PageSearch::new(&self.reader.lines, &query, self.reader.view.top));
        }
        self.show_cursors();
    }
}
