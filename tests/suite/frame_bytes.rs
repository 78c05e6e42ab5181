//! The bytes of a frame: the terminal shows what was drawn, and little more than the changed text is written.

use std::num::NonZero;

use papers_tui::tui::frames::Frames;
use papers_tui::ui;
use papers_tui::ui::pictures::NoPictures;
use papers_tui::ui::theme::{Depth, Shade, Themes};
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::drive::Drive;

const WIDTH: u16 = 120;
const HEIGHT: u16 = 40;

fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).expect("a terminal has cells")
}

/// A terminal, and the frame last drawn on it.
struct Shown {
    terminal: vt100::Parser,
    buffer: Buffer,
}

/// How many bytes a step wrote, and how many bytes of text it changed.
struct Step {
    written: usize,
    changed: usize,
}

impl Shown {
    fn new() -> Self {
        Self {
            terminal: vt100::Parser::new(size(HEIGHT), size(WIDTH), 0),
            buffer: Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT)),
        }
    }

    /// Draws the current frame, and compares the terminal with it.
    fn draw(&mut self, drive: &Drive) -> Step {
        let mut next = Buffer::empty(self.buffer.area);
        let themes = Themes { depth: Depth::Indexed, shade: Some(Shade::Dark), wants_colours: true, own: Vec::new() };
        ui::view(&drive.app, &themes.theme("auto"), &NoPictures, &mut next);
        let (mut frames, mut bytes) = (Frames::default(), Writes::default());
        let changes = self.buffer.diff(&next);
        let changed = changes.iter().map(|(.., cell)| cell.symbol().len()).sum();
        frames.draw(changes.into_iter()).expect("memory takes all");
        frames.send(&mut bytes).expect("memory takes all");
        assert!(bytes.count <= 1, "a frame took {} writes", bytes.count);
        self.terminal.process(&bytes.all);
        self.buffer = next;
        self.compare();
        Step { written: bytes.all.len(), changed }
    }

    fn compare(&self) {
        let line = |y: u16| -> String { (0..WIDTH).map(|x| self.buffer[(x, y)].symbol()).collect() };
        let rows = self.terminal.screen().rows(0, WIDTH);
        for (shown, y) in rows.zip(0..) {
            assert_eq!(shown.trim_end(), line(y).replace('\u{0}', "").trim_end(), "row {y}");
        }
    }
}

/// Collects the bytes written, and counts the writes.
#[derive(Default)]
struct Writes {
    all: Vec<u8>,
    count: usize,
}

impl std::io::Write for Writes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.count += 1;
        self.all.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Text in two scripts, different for each number.
fn words(number: usize, count: usize) -> String {
    const WORDS: &[&str] = &[
        "鸟类",
        "学习",
        "in the dark",
        "夜里看得见",
        "Emus",
        "方法",
        "are counted",
        "结果表明",
        "，",
        "大规模",
        "owls",
        "总是",
    ];
    (0..count).map(|at| WORDS[(number * 31 + at * at * 7 + at) % WORDS.len()]).collect()
}

fn log() -> String {
    let point = |n: usize, at: usize| format!("- {}\n", words(n * 13 + at, 9 + (n + at) % 40));
    let entry = |n: usize| {
        let points: String = (0..3 + n % 5).map(|at| point(n, at)).collect();
        format!("《{}: {}》\n\n2031.5 {}的一篇文章，要点：\n\n{points}\n", n * 37, words(n, 6), words(n + 5, 1))
    };
    let days = (1..=28).map(|day| format!("# 2031.5.{day}\n\n{}{}", entry(day * 2), entry(day * 2 + 1)));
    let long: String = (0..200).map(|at| point(at, at)).collect();
    let tasks: String = (0..90).map(|n| format!("- [ ] {}\n", words(n, 3 + n % 9))).collect();
    format!("# pending list\n\n{tasks}\n# 2031.6.1\n\n《A long one》\n\n{long}\n{}", days.collect::<String>())
}

/// The median number of bytes written per byte of text changed.
fn median(drive: &mut Drive, key: &str) -> f64 {
    let mut shown = Shown::new();
    shown.draw(drive);
    let mut shares = Vec::new();
    for _ in 0..60 {
        drive.keys(key);
        let step = shown.draw(drive);
        let count = |bytes: usize| u32::try_from(bytes).map_or(f64::MAX, f64::from);
        if step.changed > 0 {
            shares.push(count(step.written) / count(step.changed));
        }
    }
    shares.sort_by(f64::total_cmp);
    assert!(shares.len() > 30, "{key} must change the screen");
    shares[shares.len() / 2]
}

#[test]
fn moving_the_cursor_writes_little_more_than_the_changed_text() {
    for pane in ["1", "2", "3"] {
        let mut drive = Drive::new(&log(), WIDTH, HEIGHT);
        drive.keys(pane);
        let share = median(&mut drive, "j");
        assert!(share <= 1.5, "pane {pane}: {share:.2} bytes per byte of text");
    }
}

#[test]
fn characters_of_uncertain_width_are_followed_by_a_cursor_move() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
    buffer.set_string(0, 0, "鸟x👩‍🔬y⌚z", ratatui::style::Style::new());
    let changes = Buffer::empty(buffer.area);
    let (mut frames, mut bytes) = (Frames::default(), Vec::new());
    frames.draw(changes.diff(&buffer).into_iter()).expect("memory takes all");
    frames.send(&mut bytes).expect("memory takes all");
    let text = String::from_utf8(bytes).expect("text");
    assert!(text.contains("鸟x👩‍🔬\u{1b}[1;6Hy⌚\u{1b}[1;9Hz"), "{text:?}");
}
