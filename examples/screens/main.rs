//! Draws the README's SVG pictures of the program on its built-in sample:
//! `cargo run --example screens`.

mod svg;

use std::cell::RefCell;
use std::path::Path;

use chrono::DateTime;
use papers_tui::app::finding::request::Searcher;
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::page::figures::{FigureAnswer, FigureId};
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{App, Effect, Message};
use papers_tui::io::sample;
use papers_tui::log::links::Links;
use papers_tui::log::{Source, parse};
use papers_tui::ui;
use papers_tui::ui::pictures::ReadyPictures;
use papers_tui::ui::theme::{Depth, Shade, Themes};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Output folder.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/screens");
/// Folder of the sample's figures.
const ASSETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets");

/// The size of every screen.
const SIZE: Size = Size { width: 120, height: 30 };
/// The fixed current time.
const NOW: &str = "2025-03-12T20:00:00+00:00";

/// The pictures: the name of each, and the keys that lead to its screen; `\n` is Enter.
const SCREENS: [(&str, &str); 3] = [("finding", "sattn"), ("reading", "slora\nd"), ("reviewing", "v      ")];

/// The animation: the keys that lead to each screen, its caption, and its duration in seconds.
const FILM: [(&str, &str, u16); 8] = [
    ("", "papers-tui papers.md: timeline, summary, pending list", 4),
    ("jj", "j  next paper", 2),
    ("slora", "s  find a paper by a few letters", 3),
    ("slora\n", "Enter  go to it", 2),
    ("slora\nd", "d  scroll down: figures are shown in place", 4),
    ("slora\nd3jjx", "x  tick an item: one byte of the file changes", 3),
    ("v ", "v  review what is due, point by point", 3),
    ("v      ", "1 to 4  grade how well you remembered it: that decides when it is due again", 4),
];

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all(FOLDER)?;
    for (name, keys) in SCREENS {
        std::fs::write(format!("{FOLDER}/{name}.svg"), svg::draw(&frame(keys, "", 0)))?;
    }
    let frames: Vec<svg::Frame> = FILM.iter().map(|&(keys, said, seconds)| frame(keys, said, seconds)).collect();
    std::fs::write(format!("{FOLDER}/walk.svg"), svg::film(&frames))
}

fn frame(keys: &str, said: &str, seconds: u16) -> svg::Frame {
    let (buffer, pictures) = screen(keys);
    svg::Frame { buffer, pictures, said: said.to_owned(), seconds }
}

/// The program without terminal and disk: searches and figures are answered at once, saves are only confirmed, and
/// other effects are ignored.
struct Walk {
    app: App,
    searcher: Searcher,
}

impl Walk {
    fn send(&mut self, message: Message) {
        for effect in self.app.update(message) {
            match effect {
                Effect::Search(ask) => {
                    let mut found = Vec::new();
                    let generation = ask.generation;
                    self.searcher
                        .answer(&ask, &|| false, |answer| found.push(Message::Found { generation, found: answer }));
                    found.into_iter().for_each(|message| self.send(message));
                }
                Effect::ShowFigures(wanted) => {
                    for figure in wanted.into_iter().map(|wanted| wanted.figure) {
                        let size = std::fs::read(Path::new(ASSETS).join(&figure.path)).ok().and_then(|png| size(&png));
                        self.send(Message::Figure(figure, FigureAnswer::File(size)));
                    }
                }
                Effect::Save { id, .. } => self.send(Message::Saved(id)),
                _ => {}
            }
        }
    }
}

/// Width and height, from the header of a PNG file.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}

/// The screen after some keys, and the pictures on it.
fn screen(keys: &str) -> (Buffer, Vec<svg::Picture>) {
    let log = || parse::parse([Source { name: sample::NAME.into(), text: sample::TEXT.into() }]);
    let mut walk = Walk { app: App::new(log(), SIZE, None), searcher: Searcher::default() };
    let start = [
        Message::Linked(Box::new(Links::find(&log()))),
        Message::Pictures(Some(svg::CELL)),
        Message::Time(DateTime::parse_from_rfc3339(NOW).unwrap_or_default()),
        Message::Reviews(Box::default()),
    ];
    start.into_iter().for_each(|message| walk.send(message));
    for c in keys.chars() {
        let code = if c == '\n' { Code::Enter } else { Code::Char(c) };
        walk.send(Message::Key(KeyPress::plain(code)));
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    let themes = Themes { depth: Depth::Full, shade: Some(Shade::Dark), wants_colours: true, own: Vec::new() };
    let pictures = Placed::default();
    ui::view(&walk.app, &themes.theme(walk.app.theme()), &pictures, &mut buffer);
    (buffer, pictures.0.into_inner())
}

/// Records where pictures are drawn.
#[derive(Default)]
struct Placed(RefCell<Vec<svg::Picture>>);

impl ReadyPictures for Placed {
    fn draw(&self, figure: &FigureId, cells: Size, top: u16, area: Rect, _: &mut Buffer) -> bool {
        let Ok(png) = std::fs::read(Path::new(ASSETS).join(&figure.path)) else { return false };
        self.0.borrow_mut().push(svg::Picture { png, cells: (cells.width, cells.height), top, area });
        true
    }
}
