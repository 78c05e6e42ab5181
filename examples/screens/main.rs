//! Draws the SVG pictures of the two READMEs, of the program on its built-in samples: `cargo run --example screens`.

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
use papers_tui::words::Language;
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

/// The animation: the keys that lead to each screen, its caption in English and Chinese, and its duration in seconds.
const FILM: [(&str, [&str; 2], u16); 8] = [
    ("", ["papers-tui papers.md: timeline, summary, pending list", "papers-tui papers.md：时间线、笔记、待读清单"], 4),
    ("jj", ["j  next paper", "j  下一篇论文"], 2),
    ("slora", ["s  find a paper by a few letters", "s  输入几个字母找论文"], 3),
    ("slora\n", ["Enter  go to it", "Enter  转到这一篇"], 2),
    ("slora\nd", ["d  scroll down: figures are shown in place", "d  向下翻：插图就在文中"], 4),
    ("slora\nd3jjx", ["x  tick an item: one byte of the file changes", "x  勾选一项：文件只改一个字节"], 3),
    ("v ", ["v  review what is due, point by point", "v  复习到期的论文，逐个要点回忆"], 3),
    (
        "v      ",
        [
            "1 to 4  grade how well you remembered it: that decides when it is due again",
            "1 到 4  给记忆打分，由此决定下次何时复习",
        ],
        4,
    ),
];

fn main() -> std::io::Result<()> {
    draw_all(Language::English, FOLDER)?;
    draw_all(Language::Chinese, &format!("{FOLDER}/zh"))
}

fn draw_all(language: Language, folder: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, keys) in SCREENS {
        std::fs::write(format!("{folder}/{name}.svg"), svg::draw(&frame(language, keys, "", 0)))?;
    }
    let frame = |&(keys, [english, chinese], seconds): &(&str, [&str; 2], u16)| {
        frame(language, keys, language.pick(english, chinese), seconds)
    };
    std::fs::write(format!("{folder}/walk.svg"), svg::film(&FILM.iter().map(frame).collect::<Vec<_>>()))
}

fn frame(language: Language, keys: &str, said: &str, seconds: u16) -> svg::Frame {
    let (buffer, pictures) = screen(language, keys);
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
fn screen(language: Language, keys: &str) -> (Buffer, Vec<svg::Picture>) {
    let text = language.pick(sample::ENGLISH, sample::TEXT);
    let log = || parse::parse([Source { name: sample::NAME.into(), text: text.into() }]);
    let mut walk = Walk { app: App::new(log(), SIZE, None), searcher: Searcher::default() };
    walk.app.language = language;
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
