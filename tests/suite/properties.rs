//! Properties that must hold for every text.

use std::ops::ControlFlow;

use papers_tui::app::finding::text_results::parts;
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::page::flow::flow;
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{App, Message};
use papers_tui::log::edit::{Intent, revise};
use papers_tui::log::links::Links;
use papers_tui::log::{Log, Sign, Source, markup, parse};
use papers_tui::search::text::Pattern;
use papers_tui::ui;
use papers_tui::ui::pictures::NoPictures;
use papers_tui::ui::theme::Theme;
use papers_tui::words::Language;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// Texts of random pieces of logs, and arbitrary text.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "# pending list", "## 2031.5.17", "# 2031.5", "## 2031.2.30", "### 深", "《Emu: A Model》", "《", "》",
            "- [ ] a", "  - [x] b", "    - [ ] 甲", "> - [ ] q", "-\t[ ] t", "- [-] c", "- [/] d",
            "- TODO e", "1. DONE 甲", "- plain", "2. 乙", "# To read", "Queue:\n", "《Gnu》 - [ ]", "1. [X] n", "* [ ]", "- []",
            "\n", "\r\n", "\r", "\n\n", "    ", "\t", " ", "标题\n    正文", "<img src=\"a.png\" width=4\" >", "<img", "![x](a.png)",
            "[5036]", "[^1]", "[^1]: x", "```", "~~~", "<!--", "-->", "---", "***", "**", "*", "`", "|a|b|\n|-|-|",
            "- **Emu** [[pdf](https://arxiv.org/abs/2031.01)]", "#### Emus at Work", "|2031-05-17|[Owls](x.pdf)|", "**Title:** Gnu",
            "[Owls at Night](https://arxiv.org/abs/2031.02) x", "**2031-05-18**", "12.《Gnu》", "- 2031/5/19", "`A` ", "# 5/20",
            "结构：", "作者：鹅\n", "Title: Emus at Work\n", "Venue: ICLR\n", "2031.4 Google", "TBD", "\u{FEFF}", "\0", "\x1b[31m", "\u{202E}", "👩‍💻", "e\u{301}", "&#27;", "<br>",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Sections cover every byte once, and spans are properly nested.
    #[test]
    fn spans_cover_the_text(text in texts()) {
        let log = read(&text);
        let mut end = 0;
        for section in &log.sections {
            prop_assert_eq!(section.span().start, end);
            prop_assert!(text.is_char_boundary(section.span().end));
            end = section.span().end;
            // Entries and notes together are all the text below a heading.
            let entries = &log.entries[section.entries()];
            let mut parts: Vec<_> = entries.iter().map(|entry| entry.span()).chain(section.notes.iter().map(|note| note.range())).collect();
            parts.sort_by_key(|part| part.start);
            let mut at = parts.first().map_or(section.span().end, |part| part.start);
            prop_assert!(section.span().start <= section.body() && at <= section.body().max(section.span().start));
            for part in parts {
                prop_assert_eq!(part.start, at, "entries and notes follow one another");
                at = part.end;
            }
            prop_assert_eq!(at, section.span().end);
            for entry in entries {
                prop_assert!(entry.span().start <= entry.body().start && entry.body().end == entry.span().end);
                prop_assert!(text.is_char_boundary(entry.span().start) && text.is_char_boundary(entry.body().start));
                for figure in log.figures_of(entry) {
                    prop_assert!(entry.body().start <= figure.span.start && figure.span.end <= entry.body().end);
                    let tag = &text[figure.span.clone()];
                    prop_assert!(tag.starts_with("<img") || tag.starts_with("!["));
                }
                for reference in &entry.references {
                    prop_assert_eq!(&text[reference.span()], format!("[{}]", reference.id));
                }
            }
        }
        prop_assert_eq!(end, text.len());
        for task in &log.tasks {
            let (before, after) = text.split_at(task.mark);
            match task.sign {
                Sign::Box => prop_assert!(before.ends_with('[') && after[1..].starts_with(']')),
                Sign::Word(length) => prop_assert!(after[..length].bytes().all(|byte| byte.is_ascii_uppercase())),
                Sign::Label(length) => prop_assert!(["TODO", "DONE"].iter().any(|word| after[..length].contains(word))),
                Sign::Cell => prop_assert!(task.pending),
                Sign::Bullet | Sign::Line => prop_assert!(task.is_open() && task.pending),
            }
            prop_assert!(task.span.contains(&task.mark));
        }
        let links = Links::find(&log);
        for entry in &log.entries {
            for other in links.mentions(&entry.key) {
                prop_assert!(log.find(other).is_some() && links.mentioned_by(other).contains(&entry.key));
            }
        }
    }

    /// Every word of a text is found at its position.
    #[test]
    fn all_text_is_found(text in texts()) {
        let log = read(&text);
        let parts = parts(&log, 0);
        let spans: Vec<_> = parts.iter().map(|(span, _)| span.clone()).collect();
        prop_assert_eq!(spans.first().map_or(0, |first| first.start), 0);
        prop_assert!(spans.windows(2).all(|pair| pair[0].end == pair[1].start));
        prop_assert_eq!(spans.last().map_or(0, |last| last.end), text.len());
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            let mut is_found = false;
            Pattern::new(word).unwrap().find(&text, &spans, &|| false, |_, hits| {
                is_found |= hits.iter().any(|hit| hit.contains(&at));
                ControlFlow::Continue(())
            });
            prop_assert!(is_found, "{:?}", word);
        }
    }

    /// A tick changes a byte or a word, or adds a box; or it is refused. Undo restores the text.
    #[test]
    fn a_tick_changes_only_a_box(text in texts()) {
        let log = read(&text);
        for (index, task) in log.tasks.iter().enumerate() {
            let Some(intent) = Intent::set_done(&log, index, !task.is_done()) else { continue };
            let Ok(revised) = revise(&text, std::slice::from_ref(&intent)) else { continue };
            let revised = revised.unwrap();
            let (before, after) = text.split_at(task.mark);
            let behind = revised.strip_prefix(before).unwrap();
            let is_as_wanted = match task.sign {
                Sign::Box => behind[1..] == after[1..],
                Sign::Word(length) => behind.trim_start_matches(|c: char| c.is_ascii_uppercase()) == &after[length..],
                Sign::Bullet => behind.strip_prefix("[x] ") == Some(after),
                Sign::Label(length) => {
                    let word = if task.is_done() { "TODO" } else { "DONE" };
                    behind.contains(word) && behind[length..] == after[length..]
                }
                Sign::Cell => behind.strip_prefix("[x] ") == Some(after) || behind[2..] == after[2..],
                // A plain line that becomes an item may need a blank line, so as not to absorb the next line.
                Sign::Line => behind.strip_prefix("- [x] ").is_some_and(|rest| rest.split_whitespace().eq(after.split_whitespace())),
            };
            prop_assert!(is_as_wanted, "{:?}", revised);
            let mut proved = log.clone();
            intent.apply_to_file(&mut proved).unwrap();
            let again = read(&revised);
            // An edit does not detect the forms again, so only what they find is compared.
            prop_assert_eq!(&proved.sections, &again.sections, "the checked section must match the whole file");
            prop_assert_eq!((&proved.entries, &proved.tasks), (&again.entries, &again.tasks));
            let mut model = log.clone();
            let inverse = intent.apply(&mut model, 0).unwrap().inverse;
            let mut again = again;
            // Nor does it compute their scores again.
            for (file, patched) in again.files.iter_mut().zip(&model.files) {
                file.reading.titles.clone_from(&patched.reading.titles);
            }
            prop_assert_eq!(&model, &again, "the patched model must equal the parsed one");
            prop_assert_eq!(revise(&revised, &[inverse]).unwrap().unwrap(), text.clone());
        }
    }

    /// Pages are never wider than asked, from 24 columns on.
    #[test]
    fn pages_fit(text in texts(), columns in 1_usize..120) {
        let log = read(&text);
        let bodies = log.entries.iter().map(|it| (it.file(), it.body(), &*it.figures, log.figures_of(it)));
        let notes = log.sections.iter().flat_map(|it| {
            it.notes.iter().map(|note| (it.file(), note.range(), &*it.figures, log.figures_of_note(it)))
        });
        for (file, span, places, figures) in bodies.chain(notes) {
            let lines = flow(&markup::blocks(&log.files[file], span, places), columns, &figures, &[], Language::English);
            for line in lines {
                // Wide chars and tables have a minimum width, so narrower lines may overflow.
                prop_assert!(line.width() <= columns.max(2) || columns < 24, "{:?}", line);
            }
        }
    }

    /// Any keys on any text at any size: nothing panics, and no control character reaches the screen.
    #[test]
    fn random_text_breaks_nothing(text in texts(), keys in "[jkhlxJKdugGsqU?123 59a{}]{0,20}", width in 0_u16..160, height in 0_u16..50) {
        let mut app = App::new(read(&text), Size { width, height }, None);
        for c in keys.chars() {
            _ = app.update(Message::Key(KeyPress::plain(Code::Char(c))));
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            ui::view(&app, &Theme::plain(), &NoPictures, &mut buffer);
            for cell in &buffer.content {
                prop_assert!(!cell.symbol().contains(char::is_control));
            }
        }
    }
}
