//! Where a log was left, to go on there: plain data, kept by the shell from run to run.
//!
//! Everything is named by what it is of and not by its number, so that it is found again in a
//! log that has changed since; what is gone gives way to what is nearest.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::app::page::search::PageSearch;
use crate::app::panes::checklist::Item;
use crate::app::panes::filter::Filter;
use crate::app::panes::groups::GroupName;
use crate::app::panes::reader::Reached;
use crate::app::panes::timeline::Place;
use crate::app::screen::layout::Pane;

/// Where a log was left.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Which schema this is: [`Self::VERSION`] or an older one.
    pub version: u64,
    focus: Pane,
    /// What the timeline's cursor was on.
    place: Option<Place>,
    /// The day that belonged to it.
    date: Option<NaiveDate>,
    /// How far its page was read.
    reached: Reached,
    /// Groups of the timeline that were folded.
    #[serde(alias = "months")]
    folded: BTreeSet<GroupName>,
    /// What the checklist's cursor was on.
    item: Option<Item>,
    /// Groups of the checklist that were folded.
    groups: BTreeSet<String>,
    filter: Filter,
    /// What was looked for in the page.
    search: Option<String>,
    /// Columns of the panes, where the user has changed them.
    timeline: Option<u16>,
    pending: Option<u16>,
    /// Rows of the checklist, where the user has changed them.
    rows: Option<u16>,
    zoomed: bool,
    /// Whether the text above the pending list is unfolded.
    prose: bool,
}

impl Session {
    /// The version of the schema that this program writes.
    pub const VERSION: u64 = 2;
}

impl App {
    /// Where the log is left now.
    pub fn session(&self) -> Session {
        let search = self.reader.search.as_ref().map(|search| search.query.clone());
        Session {
            version: Session::VERSION,
            focus: self.focus,
            place: self.timeline.place(&self.log),
            date: self.timeline.date(&self.log),
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

    /// Goes on where a log was left.
    pub fn resume(&mut self, session: Session) {
        let Session { focus, place, date, reached, folded, item, groups, filter, search, .. } = session;
        self.focus = focus;
        self.sizes.timeline = session.timeline.or(self.sizes.timeline);
        self.sizes.pending = session.pending.or(self.sizes.pending);
        self.sizes.rows = session.rows.or(self.sizes.rows);
        self.sizes.zoomed = session.zoomed;
        if session.prose {
            self.checklist.toggle_prose();
        }
        self.timeline.resume(&self.log, folded, place.as_ref(), date);
        if let Some(place) = place {
            self.reader.remember(place, reached);
        }
        self.checklist.resume(&self.log, groups, filter, item.as_ref(), self.checklist_columns().unwrap_or(1));
        self.lay_out();
        if let Some(query) = search {
            self.reader.search = Some(PageSearch::new(&self.reader.lines, &query, self.reader.view.top));
        }
        self.show_cursors();
    }
}
