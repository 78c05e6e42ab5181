//! Where everything stands on a screen of a given size. All numbers are cells.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::width;
use crate::words::Language;

/// From here on the three panes stand side by side.
const WIDE: u16 = 120;
/// From here on two columns fit.
const MEDIUM: u16 = 80;
/// Two panes above one another want this many rows; with fewer there are tabs.
const MEDIUM_ROWS: u16 = 14;
/// The smallest screen that the program works on.
pub(crate) const SMALLEST: Size = Size { width: 30, height: 8 };
/// The least columns that a pane beside others keeps.
const LEAST: u16 = 24;
/// The least rows that a pane above or below another keeps, its title included.
const LEAST_ROWS: u16 = 4;
/// Rows of the checklist below the timeline in which five items stand: the title, four items of two
/// rows, and four rows for the one that is selected.
const FIVE_ITEMS: u16 = 13;

/// How the user wants the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Text is never wider: longer lines are hard to read.
    pub reading: u16,
    /// Columns of the timeline, if not those that suit the screen.
    pub timeline: Option<u16>,
    /// Columns of the checklist, if not those that suit the screen.
    pub pending: Option<u16>,
    /// Rows of the checklist where it stands below the timeline, if not those that suit the screen.
    pub rows: Option<u16>,
    /// Rows that all of the checklist takes, its title included: below the timeline it gets no more.
    pub list: Option<u16>,
    /// The pane with the focus has the screen to itself; the others are tabs.
    pub zoomed: bool,
    /// Rows above the status line that a message takes from the panes.
    pub message: u16,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { reading: 100, timeline: None, pending: None, rows: None, list: None, zoomed: false, message: 0 }
    }
}

/// The size of the terminal, or of a picture in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Size {
    /// All of it.
    pub fn area(self) -> Area {
        Area { x: 0, y: 0, width: self.width, height: self.height }
    }
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether the cell lies inside.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.width).contains(&column) && (self.y..self.y + self.height).contains(&row)
    }

    fn inset(self, columns: u16, rows: u16) -> Self {
        Self {
            x: self.x + columns.min(self.width),
            y: self.y + rows.min(self.height),
            width: self.width.saturating_sub(2 * columns),
            height: self.height.saturating_sub(2 * rows),
        }
    }

    /// At most so many columns.
    fn narrowed(self, columns: u16) -> Self {
        Self { width: self.width.min(columns), ..self }
    }

    pub(in crate::app) fn without_top(self, rows: u16) -> Self {
        let rows = rows.min(self.height);
        Self { y: self.y + rows, height: self.height - rows, ..self }
    }
}

/// One of the three panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pane {
    /// What was read when.
    #[default]
    Timeline,
    /// The summary of one paper.
    Page,
    /// What is still to be read.
    Checklist,
}

impl Pane {
    /// All panes from left to right.
    pub const ALL: [Self; 3] = [Self::Timeline, Self::Page, Self::Checklist];

    /// What the pane is called on the screen.
    pub fn name(self, language: Language) -> &'static str {
        match self {
            Self::Timeline => language.pick("Timeline", "时间线"),
            Self::Page => language.pick("Summary", "笔记"),
            Self::Checklist => language.pick("Pending", "待读清单"),
        }
    }
}

/// How the panes are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side.
    Wide,
    /// Timeline over checklist, beside the page.
    Medium,
    /// One at a time, with tabs.
    Narrow,
    /// The screen is too small for anything.
    TooSmall,
}

/// The arrangement for a size.
pub(crate) fn arrangement(size: Size, sizes: Sizes) -> Arrangement {
    match size {
        Size { width, height } if width < SMALLEST.width || height < SMALLEST.height => Arrangement::TooSmall,
        _ if sizes.zoomed => Arrangement::Narrow,
        Size { width, .. } if width >= WIDE => Arrangement::Wide,
        Size { width, height } if width >= MEDIUM && height >= MEDIUM_ROWS => Arrangement::Medium,
        _ => Arrangement::Narrow,
    }
}

/// The row on top.
pub fn header(size: Size) -> Area {
    Area { x: 0, y: 0, width: size.width, height: 1 }
}

/// The row at the bottom.
pub fn status(size: Size) -> Area {
    Area { x: 0, y: size.height.saturating_sub(1), width: size.width, height: 1 }
}

/// A pane with the row of its title, or `None` when it is not on the screen. Between
/// neighbours one column is left for the line that parts them.
pub fn pane(size: Size, sizes: Sizes, focus: Pane, pane: Pane) -> Option<Area> {
    let height = size.height.saturating_sub(2).saturating_sub(sizes.message);
    let all = Area { x: 0, y: 1, width: size.width, height };
    match arrangement(size, sizes) {
        Arrangement::TooSmall => None,
        Arrangement::Narrow => (pane == focus).then_some(all),
        Arrangement::Medium => {
            let left = sizes.timeline.unwrap_or((size.width / 3).clamp(28, 38));
            let left = left.clamp(LEAST, size.width - LEAST - 1);
            let upper = all.height - lower(all.height, sizes);
            Some(match pane {
                Pane::Timeline => Area { width: left, height: upper, ..all },
                Pane::Checklist => Area { width: left, ..all }.without_top(upper),
                Pane::Page => Area { x: left + 1, width: size.width - left - 1, ..all },
            })
        }
        Arrangement::Wide => {
            let left = sizes.timeline.unwrap_or((size.width / 4).clamp(30, 38));
            let left = left.clamp(LEAST, size.width - 2 * LEAST - 2);
            let right = sizes.pending.unwrap_or((size.width * 3 / 11).clamp(32, 48));
            let right = right.clamp(LEAST, size.width - left - LEAST - 2);
            Some(match pane {
                Pane::Timeline => Area { width: left, ..all },
                Pane::Page => Area { x: left + 1, width: size.width - left - right - 2, ..all },
                Pane::Checklist => Area { x: size.width - right, width: right, ..all },
            })
        }
    }
}

/// Rows of the checklist below the timeline, of so many for both.
fn lower(all: u16, sizes: Sizes) -> u16 {
    let usual = (all * 2 / 5).max(FIVE_ITEMS.min(all * 3 / 5));
    let own = sizes.rows.unwrap_or(usual.min(sizes.list.unwrap_or(u16::MAX)));
    own.clamp(LEAST_ROWS, all.saturating_sub(LEAST_ROWS).max(LEAST_ROWS))
}

/// A line between panes that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divider {
    /// On the right of the timeline.
    Timeline,
    /// On the left of the checklist, where that stands beside the page.
    Pending,
    /// Above the checklist, where that stands below the timeline: the line of its title.
    Rows,
}

/// The line between panes at a cell.
pub(crate) fn divider(size: Size, sizes: Sizes, column: u16, row: u16) -> Option<Divider> {
    let area = |pane| self::pane(size, sizes, pane, pane);
    let is_medium = arrangement(size, sizes) == Arrangement::Medium;
    if area(Pane::Checklist).is_some_and(|area| is_medium && row == area.y && column < area.width) {
        return Some(Divider::Rows);
    }
    let page = area(Pane::Page).filter(|page| (page.y..page.y + page.height).contains(&row))?;
    match arrangement(size, sizes) {
        Arrangement::Wide | Arrangement::Medium if column + 1 == page.x => Some(Divider::Timeline),
        Arrangement::Wide if column == page.x + page.width => Some(Divider::Pending),
        _ => None,
    }
}

impl Sizes {
    /// These with a line between panes at a cell of the screen, as far as the panes allow.
    pub(crate) fn with_divider(self, size: Size, divider: Divider, (column, row): (u16, u16)) -> Self {
        let end = size.height.saturating_sub(1).saturating_sub(self.message);
        let moved = match divider {
            Divider::Rows => Self { rows: Some(end.saturating_sub(row)), ..self },
            Divider::Timeline => Self { timeline: Some(column), ..self },
            Divider::Pending => Self { pending: Some(size.width.saturating_sub(column + 1)), ..self },
        };
        // What is kept is what is seen, so that the line moves at once when it is dragged back.
        let area = |pane| self::pane(size, moved, pane, pane);
        match divider {
            Divider::Timeline => Self { timeline: area(Pane::Timeline).map(|area| area.width), ..self },
            Divider::Pending => Self { pending: area(Pane::Checklist).map(|area| area.width), ..self },
            Divider::Rows => Self { rows: area(Pane::Checklist).map(|area| area.height), ..self },
        }
    }
}

/// The tabs of a narrow screen: pane, text, and the columns that it takes. They have the
/// key that goes there, if there is room for it.
pub fn tabs(size: Size, numbered: [String; 3], named: [String; 3]) -> impl Iterator<Item = (Pane, String, Range<u16>)> {
    let columns = |labels: &[String]| labels.iter().map(|label| columns(label)).sum::<u16>();
    let labels = if columns(&numbered) <= size.width { numbered } else { named };
    let mut start = 0;
    Pane::ALL.into_iter().zip(labels).map(move |(pane, label)| {
        let end = start + self::columns(&label);
        let columns = start..end;
        start = end;
        (pane, label, columns)
    })
}

fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// Where the text of a pane stands: below its title, with a free column on each side.
pub fn text(pane: Area, sizes: Sizes) -> Area {
    pane.without_top(1).inset(1, 0).narrowed(sizes.reading)
}

/// Where the page's text stands: in the middle of a pane that is wider than the text may be.
pub fn page(pane: Area, sizes: Sizes) -> Area {
    let all = pane.without_top(1).inset(1, 0);
    let text = text(pane, sizes);
    Area { x: all.x + (all.width - text.width) / 2, ..text }
}

/// The parts of the finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finder {
    /// All of it, its border included.
    pub frame: Area,
    /// Where the query is typed.
    pub input: Area,
    /// Where the titles stand.
    pub list: Area,
    /// Where the summary stands, if there is room for it.
    pub page: Option<Area>,
}

/// The finder: beside one another in a wide screen, above one another in a tall one.
pub fn finder(size: Size, sizes: Sizes) -> Finder {
    let screen = Area { x: 0, y: 0, width: size.width, height: size.height };
    let roomy = size.width >= MEDIUM && size.height >= MEDIUM_ROWS;
    let frame = if roomy { screen.inset(3, 2) } else { screen };
    let inside = frame.inset(2, 1);
    let input = Area { height: 1, ..inside };
    let below = inside.without_top(2);
    let (list, page) = if frame.width >= 100 {
        let list = below.narrowed(below.width * 2 / 5);
        let page = Area { x: list.x + list.width + 3, width: below.width - list.width - 3, ..below };
        (list, Some(page.narrowed(sizes.reading)))
    } else if below.height >= 14 {
        let list = Area { height: below.height * 2 / 5, ..below };
        (list, Some(below.without_top(list.height + 1)))
    } else {
        (below, None)
    };
    Finder { frame, input, list, page }
}

/// Everything search: like the finder, without a summary.
pub fn everywhere(size: Size) -> Finder {
    let Finder { frame, input, .. } = finder(size, Sizes::default());
    Finder { frame, input, list: frame.inset(2, 1).without_top(2), page: None }
}

/// The parts of the overlay that shows one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureView {
    /// All of it, its border included.
    pub frame: Area,
    /// Where the picture stands.
    pub picture: Area,
    /// Where its caption, its path and its size stand.
    pub label: Area,
}

/// Rows for what stands below a figure that is shown alone.
const LABEL: u16 = 2;

/// The overlay that shows one figure: all of the screen but the status line.
pub(crate) fn figure_view(size: Size) -> FigureView {
    let frame = Area { x: 0, y: 0, width: size.width, height: size.height.saturating_sub(1) };
    let inside = frame.inset(2, 1);
    let picture = Area { height: inside.height.saturating_sub(LABEL + 1), ..inside };
    let label = inside.without_top(inside.height.saturating_sub(LABEL));
    FigureView { frame, picture, label }
}

/// An overlay of so many columns and rows, in the middle above the status line, its border included.
pub fn overlay(size: Size, columns: u16, rows: u16) -> Area {
    let free = size.height.saturating_sub(1);
    let (width, height) = (columns.saturating_add(4).min(size.width), rows.saturating_add(2).min(free));
    Area { x: (size.width - width) / 2, y: (free - height) / 2, width, height }
}

/// What is inside an overlay's border.
pub fn inside(overlay: Area) -> Area {
    overlay.inset(2, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At every size all parts lie on the screen, and visible panes do not overlap.
    #[test]
    fn everything_is_on_the_screen() {
        let tabs = |size, language| {
            let name = |pane: Pane| format!(" {} ", pane.name(language));
            tabs(size, Pane::ALL.map(|pane| format!(" 1{}", name(pane))), Pane::ALL.map(name))
        };
        let extremes = [None, Some(0), Some(60), Some(u16::MAX)];
        let own = extremes.into_iter().zip(extremes.into_iter().rev());
        let own = own.map(|(timeline, pending)| Sizes { timeline, pending, rows: pending, ..Sizes::default() });
        let all: Vec<Sizes> =
            own.chain([Sizes::default(), Sizes { zoomed: true, message: 1, ..Sizes::default() }]).collect();
        for (width, height) in (0..220).flat_map(|width| (0..60).map(move |height| (width, height))) {
            let (size, sizes) = (Size { width, height }, all[usize::from(width + height) % all.len()]);
            for focus in Pane::ALL {
                let areas: Vec<Area> =
                    Pane::ALL.iter().filter_map(|&pane| self::pane(size, sizes, focus, pane)).collect();
                for (index, area) in areas.iter().enumerate() {
                    assert!(area.x + area.width <= width && area.y + area.height < height, "{size:?} {area:?}");
                    assert!(text(*area, sizes).width >= 20 && text(*area, sizes).height >= 2, "{size:?} {area:?}");
                    let overlaps = |other: &Area| {
                        area.x < other.x + other.width
                            && other.x < area.x + area.width
                            && area.y < other.y + other.height
                            && other.y < area.y + area.height
                    };
                    assert!(!areas[..index].iter().any(overlaps), "{size:?}");
                }
                assert_eq!(areas.is_empty(), arrangement(size, sizes) == Arrangement::TooSmall);
            }
            if arrangement(size, sizes) == Arrangement::Narrow {
                assert!(
                    tabs(size, Language::English)
                        .chain(tabs(size, Language::Chinese))
                        .all(|(.., columns)| columns.end <= width),
                    "{size:?}"
                );
            }
            let finder = finder(size, sizes);
            let figure = figure_view(size);
            for area in [Some(finder.list), finder.page, Some(figure.label)].into_iter().flatten() {
                assert!(area.x + area.width <= width.max(4) && area.y + area.height <= height.max(3), "{size:?}");
            }
        }
    }
}
