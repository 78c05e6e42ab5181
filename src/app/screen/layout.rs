//! The layout of the screen for a given size. All numbers are in cells.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::width;
use crate::words::Language;

/// From this many columns on, the three panes are side by side.
const WIDE: u16 = 120;
/// From this many columns on, two panes fit side by side.
const MEDIUM: u16 = 80;
/// From this many rows on, two panes fit one above the other; with fewer, there are tabs.
const MEDIUM_ROWS: u16 = 14;
/// The smallest supported terminal.
pub(crate) const SMALLEST: Size = Size { width: 30, height: 8 };
/// The minimum width of a pane beside others.
const LEAST: u16 = 24;
/// The minimum height of a pane above or below another, including its title.
const LEAST_ROWS: u16 = 4;
/// Rows in which the checklist shows five items below the timeline: the title, four items of two rows,
/// and four rows for the selected one.
const FIVE_ITEMS: u16 = 13;

/// Pane sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// The maximum width of text; longer lines are hard to read.
    pub reading: u16,
    /// Columns of the timeline if the user set them.
    pub timeline: Option<u16>,
    /// Columns of the checklist if the user set them.
    pub pending: Option<u16>,
    /// Rows of the checklist below the timeline if the user set them.
    pub rows: Option<u16>,
    /// Rows that the whole checklist needs, title included: the most it gets below the timeline unless the
    /// user set `rows`.
    pub list: Option<u16>,
    /// Whether the focused pane fills the screen, with tabs for the others.
    pub zoomed: bool,
    /// Rows taken from the panes for a message above the status line.
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
    /// The whole area, from the top left.
    pub(crate) fn area(self) -> Area {
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
    /// Whether a cell is inside.
    pub(crate) fn contains(self, column: u16, row: u16) -> bool {
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

    /// At most `columns` wide.
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
    /// Entries by date.
    #[default]
    Timeline,
    /// The summary of one paper.
    #[serde(alias = "Page")] // The former name, in saved sessions.
    Summary,
    /// Pending items.
    #[serde(alias = "Checklist")]
    Pending,
}

impl Pane {
    /// All panes from left to right.
    pub(crate) const ALL: [Self; 3] = [Self::Timeline, Self::Summary, Self::Pending];

    /// The pane's title on the screen.
    pub(crate) fn name(self, language: Language) -> &'static str {
        match self {
            Self::Timeline => language.pick("Timeline", "时间线"),
            Self::Summary => language.pick("Summary", "笔记"),
            Self::Pending => language.pick("Pending", "待读清单"),
        }
    }
}

/// The arrangement of the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrangement {
    /// All three side by side.
    Wide,
    /// Timeline over checklist, beside the page.
    Medium,
    /// One pane at a time, with tabs.
    Narrow,
    /// The terminal is too small.
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

/// The header row.
pub(crate) fn header(size: Size) -> Area {
    Area { x: 0, y: 0, width: size.width, height: 1 }
}

/// The status line.
pub(crate) fn status(size: Size) -> Area {
    Area { x: 0, y: size.height.saturating_sub(1), width: size.width, height: 1 }
}

/// A pane's area with its title row, or `None` when it is not on the screen. One column is left
/// between neighbours for the divider.
pub(crate) fn pane(size: Size, sizes: Sizes, focus: Pane, pane: Pane) -> Option<Area> {
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
                Pane::Pending => Area { width: left, ..all }.without_top(upper),
                Pane::Summary => Area { x: left + 1, width: size.width - left - 1, ..all },
            })
        }
        Arrangement::Wide => {
            let left = sizes.timeline.unwrap_or((size.width / 4).clamp(30, 38));
            let left = left.clamp(LEAST, size.width - 2 * LEAST - 2);
            let right = sizes.pending.unwrap_or((size.width * 3 / 11).clamp(32, 48));
            let right = right.clamp(LEAST, size.width - left - LEAST - 2);
            Some(match pane {
                Pane::Timeline => Area { width: left, ..all },
                Pane::Summary => Area { x: left + 1, width: size.width - left - right - 2, ..all },
                Pane::Pending => Area { x: size.width - right, width: right, ..all },
            })
        }
    }
}

/// The height of the checklist below the timeline, out of `all` rows for both.
fn lower(all: u16, sizes: Sizes) -> u16 {
    let usual = (all * 2 / 5).max(FIVE_ITEMS.min(all * 3 / 5));
    let own = sizes.rows.unwrap_or(usual.min(sizes.list.unwrap_or(u16::MAX)));
    own.clamp(LEAST_ROWS, all.saturating_sub(LEAST_ROWS).max(LEAST_ROWS))
}

/// A border between panes that the user can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Divider {
    /// Right of the timeline.
    Timeline,
    /// Left of the checklist when it is beside the page.
    Pending,
    /// Above the checklist when it is below the timeline: its title row.
    Rows,
}

/// The divider at a cell.
pub(crate) fn divider(size: Size, sizes: Sizes, column: u16, row: u16) -> Option<Divider> {
    let area = |pane| self::pane(size, sizes, pane, pane);
    let is_medium = arrangement(size, sizes) == Arrangement::Medium;
    if area(Pane::Pending).is_some_and(|area| is_medium && row == area.y && column < area.width) {
        return Some(Divider::Rows);
    }
    let page = area(Pane::Summary).filter(|page| (page.y..page.y + page.height).contains(&row))?;
    match arrangement(size, sizes) {
        Arrangement::Wide | Arrangement::Medium if column + 1 == page.x => Some(Divider::Timeline),
        Arrangement::Wide if column == page.x + page.width => Some(Divider::Pending),
        _ => None,
    }
}

impl Sizes {
    /// The sizes after a divider was dragged to a cell, within the panes' limits.
    pub(crate) fn with_divider(self, size: Size, divider: Divider, (column, row): (u16, u16)) -> Self {
        let end = size.height.saturating_sub(1).saturating_sub(self.message);
        let moved = match divider {
            Divider::Rows => Self { rows: Some(end.saturating_sub(row)), ..self },
            Divider::Timeline => Self { timeline: Some(column), ..self },
            Divider::Pending => Self { pending: Some(size.width.saturating_sub(column + 1)), ..self },
        };
        // Store the clamped size: dragging back must move the divider at once.
        let area = |pane| self::pane(size, moved, pane, pane);
        match divider {
            Divider::Timeline => Self { timeline: area(Pane::Timeline).map(|area| area.width), ..self },
            Divider::Pending => Self { pending: area(Pane::Pending).map(|area| area.width), ..self },
            Divider::Rows => Self { rows: area(Pane::Pending).map(|area| area.height), ..self },
        }
    }
}

/// The tabs of a narrow screen: pane, label and columns. Labels include the key that focuses the pane
/// if there is room.
pub(crate) fn tabs(
    size: Size,
    numbered: [String; 3],
    named: [String; 3],
) -> impl Iterator<Item = (Pane, String, Range<u16>)> {
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

/// The text area of a pane: below its title, with a free column on each side.
pub(crate) fn text(pane: Area, sizes: Sizes) -> Area {
    pane.without_top(1).inset(1, 0).narrowed(sizes.reading)
}

/// The text area of the page: centred if the pane is wider than the text may be.
pub(crate) fn page(pane: Area, sizes: Sizes) -> Area {
    let all = pane.without_top(1).inset(1, 0);
    let text = text(pane, sizes);
    Area { x: all.x + (all.width - text.width) / 2, ..text }
}

/// The areas of the finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FinderAreas {
    /// The whole overlay, border included.
    pub frame: Area,
    /// The query.
    pub input: Area,
    /// The list of titles.
    pub list: Area,
    /// The preview of the summary, if there is room.
    pub page: Option<Area>,
}

/// The finder: list and preview side by side on a wide screen, one above the other on a tall one.
pub(crate) fn finder(size: Size, sizes: Sizes) -> FinderAreas {
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
    FinderAreas { frame, input, list, page }
}

/// Full-text search: like the finder, without a preview.
pub(crate) fn everywhere(size: Size) -> FinderAreas {
    let FinderAreas { frame, input, .. } = finder(size, Sizes::default());
    FinderAreas { frame, input, list: frame.inset(2, 1).without_top(2), page: None }
}

/// The areas of the figure overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FigureView {
    /// The whole overlay, border included.
    pub frame: Area,
    /// The picture.
    pub picture: Area,
    /// Its caption, path and size.
    pub label: Area,
}

/// Rows for the text below a figure.
const LABEL: u16 = 2;

/// The figure overlay: the whole screen but the status line.
pub(crate) fn figure_view(size: Size) -> FigureView {
    let frame = Area { x: 0, y: 0, width: size.width, height: size.height.saturating_sub(1) };
    let inside = frame.inset(2, 1);
    let picture = Area { height: inside.height.saturating_sub(LABEL + 1), ..inside };
    let label = inside.without_top(inside.height.saturating_sub(LABEL));
    FigureView { frame, picture, label }
}

/// A centred overlay for content of this size, with its border, above the status line.
pub fn overlay(size: Size, columns: u16, rows: u16) -> Area {
    let free = size.height.saturating_sub(1);
    let (width, height) = (columns.saturating_add(4).min(size.width), rows.saturating_add(2).min(free));
    Area { x: (size.width - width) / 2, y: (free - height) / 2, width, height }
}

/// The area inside an overlay's border.
pub fn inside(overlay: Area) -> Area {
    overlay.inset(2, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At every size, every area is on the screen and visible panes do not overlap.
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
