//! What a new user sees first: key hints, at least five pending items on common terminals, and framed prompts.

use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::page::flow::PageLine;
use papers_tui::app::panes::timeline::TimelineRow;
use papers_tui::app::screen::layout::{Area, Pane};
use papers_tui::app::{Effect, Message, MouseKind, Overlay};
use papers_tui::io::sample;
use papers_tui::log::{Source, parse};

use super::drive::{Drive, same};
use super::translations::{LANGUAGES, open};

/// Common terminal sizes.
const COMMON: [(u16, u16); 2] = [(80, 24), (100, 24)];

/// The line at which the editor was last opened.
fn edited(drive: &Drive) -> &str {
    let line = drive.effects.iter().rev().find_map(|effect| match effect {
        Effect::Edit { line, .. } => Some(*line),
        _ => None,
    });
    drive.disk.lines().nth(line.unwrap() - 1).unwrap()
}

#[test]
fn the_editor_opens_at_the_first_blank_of_the_template() {
    let day = "## 2031-05-17\n\n《Gnu》\n\nruns\n\n《Owl》\n\nsees\n";
    let bullets = "## 2031-05-17\n\n- [Emus at Noon](https://arxiv.org/abs/3101.00001)\n\
                   - [Owls at Night](https://arxiv.org/abs/3101.00002)\n";
    for (text, wanted) in [(day, "YYYY.M, by whom, on what; main points:"), (bullets, "- **Moose at the Lake**")] {
        let mut drive = Drive::new(text, 80, 24);
        drive.keys("N2031-05-18 Moose at the Lake<enter>").sees(" on 2031.5.18");
        assert_eq!(edited(&drive), wanted, "{}", drive.disk);
    }
    // The same for an existing draft, but not for a finished summary.
    let mut drive = Drive::new(&format!("{day}\n《Elk》\n\nTODO\n"), 80, 24);
    drive.keys("gje");
    assert_eq!(edited(&drive), "《Gnu》");
    drive.keys("jje");
    assert_eq!(edited(&drive), "TODO");
    drive.app.edit_options.template = Some("\nWhat:\n\nWhy:\n".into());
    drive.keys("N2031-05-18 Moose at the Lake<enter>");
    assert_eq!(edited(&drive), "What:");
}

/// A log with pending items whose titles take three rows or more.
fn long_titles() -> String {
    let items = (1..=9).map(|number| {
        format!("- [ ] Elk {number}: a long title that takes three rows of any pane, also where it is wide\n")
    });
    format!("# todo\n\nfirst things first\n\nwhat is most important of all\n\n{}", items.collect::<String>())
}

/// The text in an area of the screen.
fn part(drive: &Drive, area: Area) -> String {
    let screen = drive.screen();
    let rows = screen.lines().skip(usize::from(area.y)).take(usize::from(area.height));
    let part = |line: &str| -> String {
        let mut columns = 0;
        let is_inside = |c: &char| {
            let at = columns;
            columns += papers_tui::text::width(c.encode_utf8(&mut [0; 4]));
            (usize::from(area.x)..usize::from(area.x + area.width)).contains(&at)
        };
        line.chars().filter(is_inside).collect()
    };
    rows.map(part).collect::<Vec<_>>().join("\n")
}

fn pending(drive: &Drive) -> String {
    part(drive, drive.app.pane_area(Pane::Pending).unwrap())
}

/// The number of items with a visible box.
fn boxes(pane: &str) -> usize {
    pane.matches(['☐', '☑']).count()
}

#[test]
fn five_pending_items_are_visible_wherever_the_cursor_is() {
    let real = std::env::var_os("PAPERS_TUI_REAL_LOG").map(|path| std::fs::read_to_string(path).unwrap());
    for text in [Some(long_titles()), Some(sample::TEXT.to_owned()), real].into_iter().flatten() {
        for (width, height) in COMMON {
            let mut drive = Drive::new(&text, width, height);
            assert!(boxes(&pending(&drive)) >= 5, "{}", drive.screen());
            drive.keys("3");
            for _ in 0..30 {
                assert!(boxes(&pending(&drive)) >= 5, "{}", drive.screen());
                drive.keys("j");
            }
        }
    }
}

#[test]
fn an_item_has_two_rows_unless_it_is_selected() {
    let mut drive = Drive::new(&long_titles(), 80, 24);
    let rows = |drive: &Drive, number: usize| {
        let pane = pending(drive);
        pane.split('☐').nth(number).unwrap().trim_end().lines().count()
    };
    drive.keys("3");
    assert!(rows(&drive, 1) > 2 && rows(&drive, 2) == 2 && rows(&drive, 3) == 2, "{}", drive.screen());
    drive.keys("j");
    assert!(rows(&drive, 1) == 2 && rows(&drive, 2) > 2, "{}", drive.screen());
    // With enough room, every item is shown in full.
    let mut roomy = Drive::new(&long_titles(), 140, 42);
    assert!(rows(roomy.keys("3"), 4) > 2, "{}", roomy.screen());
}

#[test]
fn the_text_above_the_list_is_folded_to_one_line() {
    for (width, height) in [(80, 24), (140, 42), (44, 18)] {
        let mut drive = Drive::new(&long_titles(), width, height);
        drive
            .keys("3")
            .sees(" lines")
            .sees("P unfolds")
            .sees_not("what is most")
            .keys("P")
            .sees("what is most")
            .sees("first things first")
            .sees("P folds");
        drive.keys("P").sees_not("what is most").click("P unfolds", 2).sees("what is most");
        // The session remembers that it is unfolded.
        let session = drive.app.session();
        let mut again = Drive::new(&long_titles(), width, height);
        again.app.resume(session);
        again.keys("3P").sees("P unfolds");
    }
    Drive::new("# todo\n\nwords\n\n- [ ] Elk\n", 80, 24)
        .keys("3")
        .sees("words")
        .keys("P")
        .sees("There is no text above");
}

#[test]
fn the_pending_pane_keeps_a_height_set_by_key_or_mouse() {
    let mut drive = Drive::new(&long_titles(), 80, 24);
    let height = |drive: &Drive| drive.app.pane_area(Pane::Pending).unwrap().height;
    let first = height(&drive);
    drive.keys("<c-up><c-up>");
    assert_eq!(height(&drive), first + 2);
    drive.keys("<c-down>");
    assert_eq!(height(&drive), first + 1);
    let top = drive.app.pane_area(Pane::Pending).unwrap().y;
    drive.send(Message::Mouse { at: (5, top), kind: MouseKind::Press });
    drive.send(Message::Mouse { at: (60, top - 3), kind: MouseKind::Drag });
    assert_eq!(height(&drive), first + 4);
    let mut again = Drive::new(&long_titles(), 80, 24);
    again.app.resume(drive.app.session());
    assert_eq!(height(&again), first + 4);
    // Both panes keep some rows.
    drive.send(Message::Mouse { at: (60, 0), kind: MouseKind::Drag });
    assert!(drive.app.pane_area(Pane::Timeline).unwrap().height >= 4);
    Drive::new(&long_titles(), 140, 42).keys("<c-up>").sees("side by side");
}

#[test]
fn the_welcome_leaves_the_key_hints_visible_and_a_click_closes_it() {
    for (width, height) in [(140, 42), (80, 24), (44, 18), (30, 8)] {
        let mut drive = Drive::new(sample::TEXT, width, height);
        drive.send(Message::Noticed(same("This is a sample log")));
        drive.sees("This is a sample").sees("j down");
        let last = drive.app.pane_area(Pane::Timeline).unwrap();
        assert!(last.y + last.height + 2 <= height);
        drive.send(Message::Mouse { at: (6, 3), kind: MouseKind::Press }).sees_not("This is a sample").sees("j down");
        assert_eq!(drive.app.timeline.cursor, 1, "the click also selects");
        drive.send(Message::Failed(same("the file is read-only"))).sees("! the file").keys("j").sees_not("! the file");
    }
}

#[test]
fn a_long_message_wraps_instead_of_being_cut() {
    let words = "a sentence of many words that goes on and on until it says at last what to do: press a key";
    let mut drive = Drive::new(sample::TEXT, 80, 24);
    drive.send(Message::Done(same(words))).sees("press a key").sees("j down");
}

#[test]
fn counts_are_labelled() {
    let mut drive = Drive::new(sample::TEXT, 80, 24);
    drive.sees("39 papers").sees("4/16 done").sees("39 papers · 25 days").sees("12 pending");
    drive.app.set_language(papers_tui::words::Language::Chinese);
    drive.sees("39 篇论文").sees("完成 4/16");
}

/// The area of the input frame.
fn frame(drive: &Drive) -> Area {
    let Some(Overlay::Prompt(prompt)) = drive.app.overlays.last() else {
        panic!("no prompt is open\n{}", drive.screen())
    };
    drive.app.prompt_area(prompt)
}

#[test]
fn a_prompt_has_a_frame_with_a_title_and_keys() {
    let places = ["2/", "3/", "3a", "3A", "3E", "N", "2jjJ="];
    for language in LANGUAGES {
        for size in [(140, 42), (80, 24), (44, 18), (30, 8)] {
            for keys in places {
                let mut drive = open(sample::TEXT, language, size);
                drive.keys(keys);
                let text = part(&drive, frame(&drive));
                let mut lines = text.lines();
                let (top, bottom) = (lines.next().unwrap(), lines.next_back().unwrap());
                assert!(top.starts_with("┌─ ") && top.ends_with('┐'), "{keys}\n{text}");
                assert!(bottom.contains("↵ ") && bottom.contains("Esc ") && bottom.starts_with('└'), "{keys}\n{text}");
                assert!(keys == "3A" || !text.contains('…'), "{keys}\n{text}");
            }
        }
    }
}

#[test]
fn a_prompt_appears_at_the_change_and_wraps_long_text() {
    for (width, height) in [(140, 42), (80, 24), (44, 18)] {
        let mut drive = Drive::new(&long_titles(), width, height);
        drive.keys("3jj");
        let row = |drive: &Drive, text: &str| {
            let screen = drive.screen();
            screen.lines().position(|line| line.contains(text)).and_then(|row| u16::try_from(row).ok())
        };
        let item = row(&drive, "Elk 3").unwrap();
        drive.keys("a");
        let area = frame(&drive);
        // The item stays visible beside the frame.
        assert!(
            row(&drive, "Elk 3") == Some(item) && !(area.y..area.y + area.height).contains(&item),
            "{}",
            drive.screen()
        );
        assert!(area.y.abs_diff(item) <= 6, "{}", drive.screen());
        drive.keys(&"word ".repeat(usize::from(area.width) / 4));
        assert_eq!(frame(&drive).height, area.height + 1, "{}", drive.screen());
        let pane = drive.app.pane_area(Pane::Pending).unwrap();
        assert!(frame(&drive).height < pane.height / 2 + 1, "{}", drive.screen());
        drive.keys(&"more ".repeat(200));
        assert!(frame(&drive).height < pane.height, "{}", drive.screen());
        drive.sees("more more");
        // The frame does not cover items found by the filter.
        drive.keys("<esc>3/9");
        assert!(row(&drive, "Elk 9").is_some(), "{}", drive.screen());
    }
}

#[test]
fn a_prompt_shows_why_it_rejects_input() {
    let mut drive = open("## 2031.5.17\n\n《Emu》\n", LANGUAGES[0], (80, 24));
    drive.keys("NEmu: Two<enter>G<enter>soon<enter>");
    let text = part(&drive, frame(&drive));
    assert!(text.contains("│ soon") && text.contains("! “soon” is not a date"), "{text}");
    let log = parse::parse([Source { name: "log.md".into(), text: drive.disk.clone().into() }]);
    assert_eq!(log.entries.len(), 1);
}

#[test]
fn a_zoomed_pane_says_how_to_show_the_others() {
    for (width, height) in [(140, 42), (80, 24), (44, 18)] {
        for pane in ["1", "2", "3"] {
            let mut drive = Drive::new(sample::TEXT, width, height);
            let back = if width > 60 { "z shows all panes" } else { "z all" };
            drive.keys(pane).sees_not(back).keys("z").sees(back).keys("z").sees_not(back);
        }
    }
}

#[test]
fn a_due_paper_has_a_mark_one_column_wide() {
    let mut drive = open("## 2031.5.17\n\n《Emu: A Model》\n\nwords\n", LANGUAGES[0], (80, 24));
    drive.sees("Emu                 D │").sees("1 new to review").sees_not("⌛");
}

#[test]
fn the_chart_includes_months_without_papers() {
    let text = "## 2031.5.17\n\n《Emu》\n\nwords\n\n## 2031.2.1\n\n《Gnu》\n\nwords\n";
    let mut drive = open(text, LANGUAGES[0], (140, 42));
    drive.keys("S");
    let screen = drive.screen();
    let bars: Vec<String> = ["2031.5", "2031.4", "2031.3", "2031.2"]
        .map(|month| {
            let line = screen.lines().find(|line| line.contains(&format!(" {month} "))).unwrap();
            line.split(month).nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
        })
        .to_vec();
    assert_eq!(bars, ["1", "0", "0", "1"], "{screen}");
}

#[test]
fn several_files_are_titled_after_their_folder() {
    let name = |names: &[&str]| {
        let source =
            |name: &&str| Source { name: (*name).into(), text: "# My notes\n\n## 2031.5.17\n\n《Emu》\n".into() };
        parse::parse(names.iter().map(source).collect::<Vec<_>>()).name()
    };
    assert_eq!(name(&["/home/reader/papers/2030.md", "/home/reader/papers/2031.md"]), "papers");
    assert_eq!(name(&["2030.md", "2031.md", "2032.md"]), "2030.md + 2");
    assert_eq!(name(&["papers/2031.md"]), "My notes");
}

/// A generic first heading, such as “About”, does not name the log.
#[test]
fn a_log_is_titled_by_its_heading_only_if_that_is_a_title() {
    let name = |file: &str, text: &str| parse::parse([Source { name: file.into(), text: text.into() }]).name();
    let day = "## 2031.5.17\n\n《Emu》\n\nx\n";
    for (file, heading, wanted) in [
        ("aleju/README.md", "# About", "aleju"),
        ("README.md", "# 简介", "README.md"),
        ("./README.md", "## Contents:", "README.md"),
        ("/home/reader/papers.md", "# Table of Contents", "papers.md"),
        ("log.md", "# About Emus", "About Emus"),
        ("log.md", "# LLM_follow\n\n# pending list\n\n- [ ] Owl", "LLM_follow"),
        ("log.md", "", "log.md"),
    ] {
        assert_eq!(name(file, &format!("{heading}\n\nSome words.\n\n{day}")), wanted, "{heading}");
    }
    let papers =
        "- [Emus at Noon](https://arxiv.org/abs/3101.00001)\n- [Owls at Night](https://arxiv.org/abs/3101.00002)\n";
    assert_eq!(name("topics.md", &format!("# Birds\n\n{papers}\n# Beasts\n\n{papers}")), "topics.md");
    assert_eq!(name("topics.md", &format!("# Papers\n\n{papers}\n## Beasts\n\n{papers}")), "Papers");
}

/// A list with few items leaves its rows to the timeline.
#[test]
fn an_empty_pending_list_takes_only_the_rows_it_needs() {
    let days: String = (1..=28).rev().map(|day| format!("## 2031.5.{day}\n\n《Emu {day}》\n\nruns\n\n")).collect();
    for (size, list, most) in [
        ((80, 24), String::new(), 4),
        ((100, 24), String::new(), 4),
        ((80, 24), "# todo\n\n- [ ] Elk\n- [ ] Owl\n\n".into(), 5),
    ] {
        for language in LANGUAGES {
            let mut drive = open(&format!("{list}{days}"), language, size);
            let rows = |drive: &Drive, pane| drive.app.pane_area(pane).unwrap().height;
            assert!(rows(&drive, Pane::Pending) <= most, "{}", drive.screen());
            assert!(rows(&drive, Pane::Timeline) >= 17, "{}", drive.screen());
            // A focused empty list has room for a prompt and for its explanation.
            drive.keys("3a").send(Message::Key(KeyPress::plain(Code::Esc)));
            if list.is_empty() {
                drive.sees(language.pick("list of what", "在此按 a"));
            }
            drive.keys("1");
            assert!(rows(&drive, Pane::Pending) <= most, "{}", drive.screen());
        }
    }
}

/// A caption is shown with its figure only.
#[test]
fn captions_are_shown_once() {
    let text = "## 2031.5.17\n\n《Emu》\n\nwords\n\n模型架构：\n\n<img src=\"pic/a.png\" width=\"400\">\n\nmore\n";
    let mut drive = Drive::new(text, 80, 24);
    let screen = drive.keys("2").screen();
    assert_eq!(screen.matches("模型架构").count(), 1, "{screen}");
    let Some(log) = super::real_log::log() else { return };
    let mut real = Drive::new(&log.files[0].text, 140, 42);
    for entry in log.entries.iter().filter(|entry| log.figures_of(entry).iter().any(|figure| figure.caption.is_some()))
    {
        real.app.timeline.cursor = real
            .app
            .timeline
            .rows
            .iter()
            .position(|row| matches!(row, TimelineRow::Entry(at, _) if log.entries[*at].key == entry.key))
            .unwrap();
        real.keys("<c-z>");
        for figure in log.figures_of(entry) {
            let caption = figure.caption.unwrap_or_default();
            let is_alone = |line: &PageLine| line.figure.is_none() && line.text().trim() == caption;
            let alone = real.app.reader.lines.iter().filter(|line| is_alone(line)).count();
            assert!(caption.is_empty() || alone == 0, "{}: {caption}", entry.title);
        }
    }
}
