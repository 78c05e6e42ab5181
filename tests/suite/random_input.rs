//! Random keys, pastes, clicks and sizes while another program edits the log: nothing breaks, every frame equals a
//! fresh drawing of the same state, and `q` quits.
//!
//! `PAPERS_TUI_RESTLESS=1000` sets the number of runs of 500 steps; without it there is a single shorter run. It also
//! sets how many processes get a signal while they handle keys.

use std::time::{Duration, Instant};

use papers_tui::app::screen::layout::Size;
use papers_tui::app::{Effect, Message, MouseKind};
use papers_tui::log::links::Links;
use papers_tui::log::{Source, parse};
use papers_tui::ui;
use papers_tui::ui::pictures::NoPictures;
use papers_tui::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::drive::{Drive, typed};
use super::terminal::{Run, dir};

use crate::random::Dice;

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n- [ ] Gnu 👩‍💻\n\n# 2031.5\n\n## 2031.5.17\n\n\
《Emu: A Model》\n\n2031.4 Google 的文章，见 [5036] and Owl\n\n- [ ] try it\n\n<img src=\"a.png\">\n\n1. 一\n2.二\n\n## 2031.5.16\n\n《Owl: Night》\n\nTBD\n\n\
## 2031.4.30\n\n《注意力就是一切》\n\n$a*b$ Emu e\u{301}\n";

/// Keys; repeated ones are more likely.
const KEYS: &[&str] = &[
    "j",
    "k",
    "j",
    "k",
    "h",
    "l",
    "J",
    "K",
    "{",
    "}",
    "g",
    "G",
    "d",
    "u",
    "1",
    "2",
    "3",
    "x",
    "x",
    "<space>",
    "a",
    "A",
    "E",
    "D",
    "m",
    "M",
    "N",
    "n",
    "p",
    "U",
    "<c-r>",
    "s",
    "/",
    "?",
    ":",
    "!",
    "R",
    "T",
    "F",
    "C",
    "o",
    "O",
    "y",
    "Y",
    "f",
    "v",
    "w",
    "W",
    "c",
    "S",
    "t",
    "L",
    ";",
    "<enter>",
    "<enter>",
    "<esc>",
    "<esc>",
    "<tab>",
    "<s-tab>",
    "<up>",
    "<down>",
    "<left>",
    "<right>",
    "<bs>",
    "<pgdn>",
    "<c-p>",
    "<c-d>",
    "<c-u>",
    "<c-w>",
    "emu",
    "大",
    "2031-05-18 Yak",
    "org:",
    "5",
    "9",
];

/// Lines that another program adds.
const LINES: &[&str] = &[
    "- [ ] new",
    "  - [ ] deep",
    "## 2031.5.20",
    "《New: Thing》",
    "《Emu: A Model》",
    "",
    "text",
    "# todo",
    "# 2031.6",
    "```",
    "| a |",
    "<img",
];

/// Another program adds, removes, duplicates or moves a line, or truncates or restores the log.
fn outside(drive: &mut Drive, dice: &mut Dice) {
    let mut lines: Vec<&str> = drive.disk.lines().collect();
    let at = dice.below(lines.len());
    match dice.below(8) {
        0 if !lines.is_empty() => drop(lines.remove(at)),
        1 if !lines.is_empty() => lines.insert(at, lines[at]),
        2 if lines.len() > 1 => {
            let line = lines.remove(at);
            lines.insert(dice.below(lines.len()), line);
        }
        3 if dice.below(10) == 0 => lines.truncate(at),
        4 if dice.below(10) == 0 => lines = LOG.lines().collect(),
        _ => lines.insert(at, dice.one(LINES)),
    }
    let text = lines.join("\n") + "\n";
    drive.disk = text;
    let log = parse::parse([Source { name: "log.md".into(), text: drive.disk.as_str().into() }]);
    let links = Links::find(&log);
    drive.send(Message::Loaded(Box::new(log))).send(Message::Linked(Box::new(links)));
}

/// A random coordinate or side, in cells.
fn side(dice: &mut Dice, most: usize) -> u16 {
    u16::try_from(dice.below(most)).unwrap()
}

fn step(drive: &mut Drive, dice: &mut Dice) -> String {
    match dice.below(20) {
        0 => {
            outside(drive, dice);
            "outside".to_owned()
        }
        1 => {
            let size = Size { width: side(dice, 170), height: side(dice, 55) };
            drive.send(Message::Resized(size));
            format!("{size:?}")
        }
        2 => {
            let at = (side(dice, 170), side(dice, 55));
            let kind = dice.one(&[MouseKind::Press, MouseKind::Drag, MouseKind::Wheel(3), MouseKind::Wheel(-3)]);
            drive.send(Message::Mouse { at, kind });
            format!("{at:?} {kind:?}")
        }
        3 => {
            let text = dice.one(&["an emu", "甲\n乙\x1b[31m", "e\u{301}👩‍💻", "- [ ] x", ""]);
            drive.send(Message::Pasted(text.to_owned()));
            format!("paste {text:?}")
        }
        4 => {
            match dice.below(2) {
                0 => drive.hold(),
                _ => drive.release(),
            };
            "hold or release".to_owned()
        }
        _ => {
            let keys = dice.one(KEYS);
            for key in typed(keys) {
                drive.send(Message::Key(key));
            }
            keys.to_owned()
        }
    }
}

/// Compares a frame drawn over the last one with a fresh one.
fn is_drawn(drive: &mut Drive, terminal: &mut Terminal<TestBackend>) -> bool {
    let Size { width, height } = drive.app.size;
    terminal.backend_mut().resize(width, height);
    let mut fresh = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = ui::view(&drive.app, &Theme::neutral(), &NoPictures, &mut fresh);
    assert!(cursor.is_none_or(|at| at.x < width.max(1) && at.y < height.max(1)), "{cursor:?} {width}x{height}");
    let drawn = terminal.draw(|frame| {
        ui::view(&drive.app, &Theme::neutral(), &NoPictures, frame.buffer_mut());
    });
    drawn.unwrap();
    drive.app.drawn();
    assert!(fresh.content.iter().all(|cell| !cell.symbol().contains(char::is_control)));
    seen(terminal.backend().buffer()) == seen(&fresh)
}

/// The visible cells, without those under the second half of a wide char.
fn seen(buffer: &Buffer) -> Vec<&Cell> {
    let Rect { width, height, .. } = buffer.area;
    let mut cells = Vec::new();
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let cell = &buffer[(x, y)];
            cells.push(cell);
            x += u16::try_from(papers_tui::text::width(cell.symbol())).unwrap().max(1);
        }
    }
    cells
}

/// The memory of this process in KiB, if the system reports it.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The number of long runs, if they are wanted.
fn long_runs() -> Option<u64> {
    std::env::var("PAPERS_TUI_RESTLESS").ok().and_then(|count| count.parse().ok())
}

#[test]
fn random_input_during_outside_edits_breaks_nothing() {
    let runs = long_runs();
    let count = if runs.is_some() { 500 } else { 120 };
    let mut memory = None;
    for run in 0..runs.unwrap_or(1) {
        // In a long run, memory must not grow by half after the first twenty runs.
        match memory {
            None if run == 20 => memory = resident(),
            Some(after) if run % 100 == 99 => {
                let now = resident().unwrap_or(after);
                println!("{run} runs: {now} KiB, {after} KiB after 20");
                assert!(now < after * 3 / 2, "{run} runs: {now} KiB, {after} KiB after 20");
            }
            _ => {}
        }
        let mut dice = Dice(0x2031_0517 + run * 977);
        let mut drive = Drive::new(LOG, 140, 42);
        let mut terminal = Terminal::new(TestBackend::new(140, 42)).unwrap();
        let mut steps = Vec::new();
        for _ in 0..count {
            steps.push(step(&mut drive, &mut dice));
            assert!(is_drawn(&mut drive, &mut terminal), "run {run}: {steps:?}\n{}", drive.screen());
            drive.effects.clear();
        }
        drive.release().send(Message::Resized(Size { width: 140, height: 42 }));
        // Leave whatever is open.
        for _ in 0..12 {
            drive.keys("<esc>");
        }
        drive.effects.clear();
        drive.keys("q");
        assert!(drive.effects.contains(&Effect::Quit), "run {run}: {steps:?}\n{}", drive.screen());
    }
}

#[test]
fn a_signal_during_random_keys_quits_at_once() {
    let sent = [("<enter>", "\r"), ("<esc>", "\x1b"), ("<tab>", "\t"), ("<space>", " "), ("<down>", "\x1b[B")];
    let bytes = |key: &'static str| sent.iter().find(|(name, _)| *name == key).map_or(key, |(_, bytes)| bytes);
    let keys: Vec<&str> = KEYS.iter().map(|key| bytes(key)).filter(|key| !key.starts_with('<')).collect();
    let mut longest = Duration::ZERO;
    for run in 0..long_runs().unwrap_or(2) {
        let mut dice = Dice(0x2031_0518 + run * 977);
        let dir = dir();
        // No other program is found, so none is opened.
        let mut process = Run::with(&[("PATH", "/nowhere")], &["log.md"], dir.path());
        process.sees("Gnu");
        let typed: String = (0..500).map(|_| dice.one(&keys)).collect();
        process.types(&typed);
        let start = Instant::now();
        process.terminates();
        longest = longest.max(start.elapsed());
        process.is_restored();
    }
    if long_runs().is_some() {
        println!("SIGTERM during random keys: ended after {longest:?} at the latest");
    }
}
