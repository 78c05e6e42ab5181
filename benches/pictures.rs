//! Scrolls a page with thirteen pictures, and measures each frame from the key to the bytes sent to the terminal:
//! `cargo bench --bench pictures`.

use std::io;

use criterion::{Criterion, criterion_group, criterion_main};
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::page::figures::FigureAnswer;
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{App, Effect, Message};
use papers_tui::io::{picture, sample};
use papers_tui::log::{Source, parse};
use papers_tui::tui::protocol::{PictureSupport, Protocol};
use papers_tui::tui::ready::Ready;
use papers_tui::ui;
use papers_tui::ui::theme::Theme;
use papers_tui::words::{Language, Say};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

const SIZE: Size = Size { width: 140, height: 42 };
const FIGURES: usize = 13;

/// A log with one paper that has thirteen figures of typical size.
fn log() -> papers_tui::log::Log {
    let names = ["lora", "rag", "contrastive", "transformer", "scaling_laws", "attention_mask"];
    let figure = |index: usize| {
        let path = format!("pic/{}.png", names[index % names.len()]);
        format!("图 {index}：\n\n<img src=\"{path}\" width=\"{}\" height=\"350\">\n\n", 500 + index)
    };
    let figures: String = (0..FIGURES).map(figure).collect();
    let text = format!("## 2031.5.17\n\n《Emu: A Model》\n\n{figures}");
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// Does all the work of the picture worker; returns the number of pictures.
fn answer(app: &mut App, effects: Vec<Effect>, log: &std::path::Path, ready: &Ready, screen: PictureSupport) -> usize {
    let mut done = 0;
    for effect in effects {
        let Effect::ShowFigures(wanted) = effect else { continue };
        for each in wanted.iter().filter(|each| !ready.contains(each)) {
            let found = picture::locate(log, &each.figure.path)
                .and_then(|real| ready.find(&real, each, &wanted, Some(screen)))
                .unwrap_or_else(|refusal| FigureAnswer::Refused(refusal.sentence()));
            done += 1;
            let next = app.update(Message::Figure(each.figure.clone(), found));
            done += answer(app, next, log, ready, screen);
        }
    }
    done
}

fn scroll(c: &mut Criterion) {
    let sample = sample::copy(Language::Chinese).expect("a temporary folder");
    for protocol in [Protocol::HalfBlocks, Protocol::Kitty, Protocol::Sixel, Protocol::Iterm2] {
        let screen = PictureSupport { protocol, cell: (10, 20) };
        let ready = Ready::new(64 << 20);
        let mut app = App::new(log(), SIZE, None);
        let press = |app: &mut App, code| {
            let effects = app.update(Message::Key(KeyPress::plain(code)));
            answer(app, effects, &sample.path(), &ready, screen)
        };
        let effects = app.update(Message::Pictures(Some(screen.cell)));
        answer(&mut app, effects, &sample.path(), &ready, screen);
        press(&mut app, Code::Char('2'));
        // Scroll through the page once, so that all pictures are encoded.
        for _ in 0..app.reader.lines.len() {
            press(&mut app, Code::Down);
        }
        let area = Rect::new(0, 0, SIZE.width, SIZE.height);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let mut terminal = Terminal::with_options(CrosstermBackend::new(io::sink()), options).expect("a sink");
        let theme = Theme::neutral();
        let mut left = 0;
        c.bench_function(&format!("a row further on a page of 13 pictures, {protocol:?}"), |b| {
            b.iter(|| {
                let code = match left {
                    0 => Code::Home,
                    _ => Code::Down,
                };
                left = (left + 1) % app.reader.lines.len();
                press(&mut app, code);
                terminal
                    .draw(|frame| {
                        ui::view(&app, &theme, &ready, frame.buffer_mut());
                    })
                    .expect("a sink");
            });
        });
    }
}

criterion_group!(benches, scroll);
criterion_main!(benches);
