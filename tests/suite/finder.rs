//! Search screens driven by keys: the finder with its worker and filters, the command palette, and search in
//! everything.

use chrono::TimeDelta;
use papers_tui::app::Message;
use papers_tui::app::screen::layout::Pane;
use papers_tui::review::history::{Grade, ReviewChange, ReviewLine, Reviews};
use papers_tui::words::Language;

use super::drive::Drive;

const LOG: &str = "\
# pending list

领域主线：

1. 语音（speech, audio)
2. robots 系列

- [ ] group
  - [ ] Quail: a heron to read

# 2031.5

## 2031.5.17

《Emu: A Model》

2031.4 Google 的一篇文章，heron 的要点：

1. one **heron** and two
2. 一只苍鹭 a Heron

《Gnu: Another Speech Model》

2030.11 Meta text

<img src=\"pic/gnu.png\">

《Yak: One More》

TBD

## 2031.4.17

a note of the day, without a heron? no: heron!

《Ant: Robots》

2031.1 Google words

## 2030.12.31

《Zebra: Stripes》

2030.12 BAAI words
";

fn drive() -> Drive {
    Drive::new(LOG, 140, 42)
}

/// Checks the short names in the finder's list after some keys.
#[track_caller]
fn check(keys: &str, wanted: &[&str]) {
    let mut drive = drive();
    drive.keys("s").keys(keys);
    let hits = &drive.app.finder().unwrap().results.hits;
    let names: Vec<&str> = hits.iter().map(|hit| drive.app.log.entries[hit.item].name()).collect();
    assert_eq!(names, wanted, "{keys}");
}

#[test]
fn filters_narrow_the_results() {
    check("date:2031.4", &["Ant"]);
    check("date:2030..2031-04 ", &["Ant", "Zebra"]);
    check("date:last-month ", &["Ant"]);
    check("has:figures", &["Gnu"]);
    check("is:placeholder", &["Yak"]);
    check("org:goo", &["Emu", "Ant"]);
    check("topic:robots", &["Ant"]);
    for name in ["topic", "track", "方向", "研究方向", "主线"] {
        check(&format!("{name}:语音"), &["Gnu"]);
    }
    check("org:google ant", &["Ant"]);
    check("org:google date:2031.5 model", &["Emu"]);
    check("date:2031.5 model is:placeholder ", &[]);
    check("sort:title", &["Ant", "Emu", "Gnu", "Yak", "Zebra"]);
    check("sort:published org:google ", &["Emu", "Ant"]);
    check("is:due", &[]);
    check("date:last month ", &["Ant"]);
    check("日期：上个月 ", &["Ant"]);
    check("有:图", &["Gnu"]);
    check("是：待写　", &["Yak"]);
    check("排序:标题 机构:google ", &["Ant", "Emu"]);
    check("date:20", &["Emu", "Gnu", "Yak", "Ant", "Zebra"]);
}

#[test]
fn backspace_removes_a_filter() {
    let mut drive = drive();
    drive.keys("sorg:google date:2031.5 emu").sees(" org:google ─ date:2031.5 ").sees("› emu").sees("1/1");
    drive.keys("<bs><bs><bs><bs>").sees(" org:google ").sees_not("date:2031.5").sees("1/2");
    drive.keys("<bs>").sees_not("org:google").sees("1/5").keys("<bs>").sees("1/5");
    drive.keys("is:note ").sees("No paper matches these filters").keys("<esc>").sees("Emu: A Model");
}

#[test]
fn unreviewed_papers_are_found() {
    let mut drive = drive();
    let now = chrono::DateTime::parse_from_rfc3339("2031-06-01T12:00:00+08:00").unwrap();
    let line = ReviewLine {
        key: drive.app.log.entries[0].key.clone(),
        time: now,
        day: now.date_naive(),
        grade: Grade::Good,
        elapsed: 0,
        stability: 3.0,
        difficulty: 5.0,
        due: now.date_naive() + TimeDelta::days(3),
        unknown: serde_json::Map::new(),
    };
    drive.send(Message::Time(now)).send(Message::Reviews(Box::default()));
    drive.keys("sis:unreviewed ").sees("1/4").keys("<esc>");
    let mut reviews = Reviews::default();
    reviews.apply(&ReviewChange::Grade(line));
    drive.send(Message::Reviews(Box::new(reviews))).keys("sis:unreviewed ").sees("1/3").sees_not("Emu: A Model");
}

#[test]
fn filters_list_their_values() {
    let mut drive = drive();
    drive
        .keys("s")
        .sees("filters: date: has: is: org: author: topic: tag: file: folder: sort:")
        .keys("e")
        .sees_not("filters:");
    drive.keys(" is:").sees("unreviewed").sees("1/4").keys("note").sees_not("unreviewed");
    drive.keys("<esc>sis:note ").sees(" is:note ").sees_not("filters:");
    drive.app.language = Language::Chinese;
    drive
        .keys("<esc>s")
        .sees("筛选：日期: 有: 是: 机构: 作者: 方向: 标签: 文件: 文件夹: 排序:")
        .keys("排序：")
        .sees("日期  发表  标题");
}

#[test]
fn hits_show_where_they_are() {
    let mut drive = drive();
    drive.keys("s苍鹭").sees("一只苍鹭").sees("2031.5.17").keys("<esc>szebxra").sees("≈ similar").sees("≈ Zebra: Str");
    drive.keys("<esc>szebra").sees("BAAI").sees_not("≈");
}

#[test]
fn results_of_an_older_query_are_never_shown() {
    let titles = (0..100_000).map(|index| format!("《Paper{index}: about {}》\n\n", index % 977));
    let text: String = std::iter::once("## 2031.5.17\n\n".to_owned()).chain(titles).collect();
    let mut drive = Drive::unlinked(&text, 100, 30);
    drive.holds_searches = true;
    drive.keys("s");
    let typed = "paper4242 ".repeat(20);
    drive.keys(&typed);
    assert_eq!(drive.app.finder().unwrap().field.text(), typed);
    let questions = std::mem::take(&mut drive.questions);
    drive.holds_searches = false;
    // Late results of older queries are dropped.
    let (last, older) = questions.split_last().unwrap();
    for ask in [&older[0], &older[older.len() - 1]] {
        drive.answer(ask);
        assert!(drive.app.finder().unwrap().results.hits.is_empty() && drive.app.is_searching());
    }
    drive.answer(last);
    drive.sees("Paper4242").sees_not("Paper0:");
    let found = drive.app.finder().unwrap().results.hits.len();
    drive.answer(&older[0]);
    assert_eq!(drive.app.finder().unwrap().results.hits.len(), found);
}

/// A log whose first paper has its hit far down in the text.
fn long_log() -> String {
    let lines = |from: usize| (from..from + 60).map(|line| format!("line {line} of the text\n\n")).collect::<String>();
    format!(
        "## 2031.5.17\n\n《Emu: A Model》\n\n{}a Wombat digs, GPT-4 writes, 大模型 talks\n\n{}\
         《Gnu: Wombat》\n\n{}\n",
        lines(0),
        lines(60),
        lines(200)
    )
}

#[test]
fn the_page_beside_the_list_follows_the_hit() {
    for (typed, word) in
        [("wombat", "Wombat"), ("gpt4", "GPT-4"), ("damoxing", "大模型"), ("digs wombat", "Wombat digs")]
    {
        let mut drive = Drive::new(&long_log(), 140, 42);
        drive.keys("jg").keys("<tab>").keys("<pgdn>").keys("/line 7<enter>");
        // Opening the finder removes the message in the last line.
        let above_status = |screen: String| screen.rsplit_once('\n').map(|(above, _)| above.to_owned());
        let before = above_status(drive.screen());
        drive.keys("s").keys(typed);
        // A hit in the title does not scroll the page.
        if typed == "wombat" {
            drive.sees("line 200 of").keys("<down>");
        }
        drive.sees(&format!("a {}", "Wombat digs, GPT-4 writes")).sees_not("line 0 of");
        let search = drive.app.reader.search.as_ref().unwrap();
        assert!(!search.hits.is_empty(), "{typed}");
        let lines = search.lines().unwrap();
        let text: String =
            drive.app.reader.lines[lines].iter().map(papers_tui::app::page::flow::PageLine::text).collect();
        assert!(text.contains(word), "{text}");
        drive.keys("<esc>");
        assert_eq!(above_status(drive.screen()), before);
        drive.keys("s").keys(typed).keys(if typed == "wombat" { "<down><enter>" } else { "<enter>" });
        drive.sees("━ Emu ━").sees("a Wombat digs").sees("match ").sees_not("Find a paper");
    }
}

#[test]
fn cancelling_the_finder_restores_the_scroll_position() {
    let mut drive = Drive::new(&long_log(), 140, 42);
    drive.keys("swombat<down>").sees("a Wombat digs").keys("<up><esc>").sees("line 0 of").sees_not("a Wombat");
    drive.keys("swombat<down>").keys("<bs><bs><bs><bs><bs><bs>emu").sees("line 0 of").sees_not("a Wombat");
    drive.keys("<enter>").sees("line 0 of").sees_not("match ");
    // The same keys on narrow screens: `screen` checks that rows are as wide as the screen.
    for (width, height) in [(80, 24), (44, 18), (30, 8)] {
        Drive::new(&long_log(), width, height).keys("swombat<down>").keys("<down><enter>").screen();
    }
}

#[test]
fn an_outside_change_repeats_the_search() {
    let mut drive = drive();
    drive.keys("smodel").sees("1/2").outside("《Yak: One More》", "《Yak: One Model》").sees("1/3");
    drive.outside("《Emu: A Model》", "").sees("1/2").keys("<enter>").sees("Gnu");
}

#[test]
fn the_palette_runs_commands() {
    let mut drive = drive();
    drive
        .keys(":")
        .sees("Commands")
        .sees("find a paper by words in its title or summary")
        .keys("copy title")
        .sees("copy the title");
    drive.keys("<enter>").sees_not("Commands");
    assert!(format!("{:?}", drive.effects).contains("Copy(\"Emu: A Model\")"), "{:?}", drive.effects);
    // The last used command comes first.
    let screen = drive.keys(":").screen();
    let first = screen.find("copy the title").unwrap();
    assert!(first < screen.find("find a paper by words in its title or summary").unwrap());
    drive.keys("<esc>").sees_not("Commands").keys(":qqqq").sees("No matching command").keys("<enter><esc>");
}

#[test]
fn a_command_of_another_pane_moves_the_focus() {
    let mut drive = drive();
    drive.keys(":tick<enter>").sees("only this item").keys("<esc>");
    assert_eq!(drive.app.focus, Pane::Pending);
    drive.keys("1：").sees("Commands").keys("help<esc>");
}

#[test]
fn on_this_day_and_random_entry() {
    let mut drive = drive();
    drive
        .keys(":on this day<enter>")
        .sees("This day in earlier months")
        .sees("2031.4")
        .sees("Ant: Robots")
        .keys("<enter>");
    drive.sees("━ Ant ━").keys("<c-o>").sees("Emu: A Model");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..drive.app.log.entries.len() {
        drive.keys(":random<enter>");
        seen.insert(drive.app.timeline.entry());
    }
    assert_eq!(seen.len(), drive.app.log.entries.len());
    Drive::new("", 80, 24)
        .keys(":random<enter>")
        .sees("This log has no entries")
        .keys(":on this day<enter>")
        .sees("No entry");
}

#[test]
fn a_random_entry_may_be_unread() {
    let text = "# Reading list\n\n## 2031.5.17\n\n- [x] [Emus at Work](https://arxiv.org/abs/2031.00001)\n- [ ] [Owls at \
                Night](https://arxiv.org/abs/2031.00002)\n- [x] [Gnus on the Run](https://arxiv.org/abs/2031.00003)\n\
                - [ ] [Keas in the Snow](https://arxiv.org/abs/2031.00004)\n- [x] [Yaks](https://arxiv.org/abs/2031.00005)\n";
    let mut drive = Drive::new(text, 140, 42);
    let all = drive.app.log.entries.len();
    let unread = drive.app.log.entries.iter().filter(|entry| !entry.read && entry.task().is_some()).count();
    assert_eq!((all, unread), (5, 2));
    let mut seen = std::collections::BTreeSet::new();
    let mut jumps = 0;
    for _ in 0..all {
        drive.keys(":random<enter>");
        let item = drive.app.checklist.cursor.filter(|_| drive.app.focus == Pane::Pending);
        seen.insert(item.and_then(|task| drive.app.log.paper(task)).or(drive.app.timeline.entry()));
        if item.is_some() {
            // Back to the page that was left.
            jumps += 1;
            let page = drive.app.timeline.entry();
            drive.keys("<c-o>");
            assert_eq!((drive.app.focus, drive.app.timeline.entry()), (Pane::Summary, page));
            drive.keys("3");
        }
    }
    assert_eq!((seen.len(), jumps), (all, unread));
}

#[test]
fn commands_without_keys_are_in_the_palette_and_in_help() {
    let mut drive = drive();
    drive.keys(":sorted by title<enter>").sees(" sort:title ").sees("Find a paper").keys("<enter>").sees("━ Ant ━");
    drive.keys(":sorted by date published<enter>").sees(" sort:published ").keys("<enter>").sees("━ Emu ━");
    drive.keys(":sorted by date read<enter>").sees(" sort:date ").keys("<esc>");
    drive.app.language = Language::Chinese;
    drive.keys(":按标题排序<enter>").sees(" 排序:标题 ").keys("<enter>").sees("━ Ant ━");
    drive.app.language = Language::English;
    let help = papers_tui::app::keys::guide::help(&drive.app.keymap, drive.app.context(), Language::English);
    let help: Vec<_> = help.into_iter().flat_map(|(_, lines)| lines).collect();
    for what in ["sorted by title", "sorted by date published", "sorted by date read", "random entry", "on this day"] {
        assert!(
            help.iter().any(|(keys, it)| keys.starts_with(": ") && it.about.get(Language::English).contains(what)),
            "{what}"
        );
    }
}

#[test]
fn full_text_search_opens_a_hit() {
    let mut drive = drive();
    drive.keys("<c-f>heron").sees("Quail: a heron to read").sees("pending").sees("6 in 3").sees("a note of the day");
    drive.keys("<down><down>").keys("<enter>").sees("━ Emu ━").sees("match 2/3").keys("nn").sees("match 1/3");
    drive.keys("<c-o>").keys("<c-f>heron<enter>");
    assert_eq!(drive.app.focus, Pane::Pending);
    let cursor = drive.app.checklist.cursor.unwrap();
    assert!(drive.app.log.tasks[cursor].text.starts_with("Quail"));
}

#[test]
fn full_text_search_finds_headings() {
    let mut drive = drive();
    drive.keys("<c-f>2030.12.31<enter>").sees("━ Zebra ━");
    drive.keys("<c-f>/^# 2031\\.5$/").sees("1 in 1").keys("<enter>");
    assert!(drive.app.timeline.is_on_group());
    drive.keys("<c-f>/pending list/<enter>");
    assert_eq!(drive.app.focus, Pane::Pending);
}

#[test]
fn full_text_search_returns_and_accepts_regular_expressions() {
    let mut drive = drive();
    drive.keys("j<c-f>Heron").sees("1 in 1").keys("<esc>").sees("Gnu: Another").sees_not("Full-text search");
    drive.keys("<c-f>/mod.l/").sees("2 in 2").keys("<enter>").sees("match 1/");
    drive
        .keys("<c-f>/mod(l/")
        .sees("invalid regular expression")
        .keys("<esc><c-f>qqq")
        .sees("Nothing in the log matches.")
        .sees_not("fewer words")
        .keys("<esc><c-f>qqq zebrafish")
        .sees("fewer words");
    // Pinyin matches too, but not for text that does not contain it.
    drive
        .keys("<esc><c-f>canglu")
        .sees("1 in 1")
        .sees("一只苍鹭")
        .keys("<esc><c-f>zebrafish")
        .sees("Nothing in the log");
    drive.keys("<esc><c-f>one two<enter>").sees("━ Emu ━").sees("match 1/2");
    drive.keys("<c-f>note day<enter>").sees("a note of the day").sees("match 1/");
}

#[test]
fn a_hit_in_the_spaces_after_a_long_line_shows_the_end_of_the_line() {
    let words = "birds run fast over hills ".repeat(12);
    for (blanks, hit) in
        [(" ", " $"), (" ", " +$"), ("\u{3000}", "\u{3000}$"), (" ", "hills +$"), (" ", "(?s) $.*next")]
    {
        let text = format!("## 2031.5.17\n\n《Emu》\n\n{words}{}\nnext line\n", blanks.repeat(200));
        for (width, height) in [(140, 42), (100, 30), (44, 18), (30, 8)] {
            Drive::new(&text, width, height).keys(&format!("<c-f>/{hit}/")).sees("1 in 1").sees("…").sees("hills");
        }
    }
}

#[test]
fn the_finder_is_drawn_at_every_size() {
    for (width, height) in [(140, 42), (80, 24), (44, 18), (30, 8)] {
        for (keys, hit) in [
            ("sorg:google date:2031 e", "Emu"),
            ("<c-f>heron", "heron"),
            (":the", "the"),
            ("<c-f>苍鹭", "苍鹭"),
            ("s苍鹭", "苍"),
        ] {
            let mut drive = Drive::new(LOG, width, height);
            let rows = |drive: &Drive| drive.screen().lines().filter(|row| row.contains(hit)).count();
            // One is what was typed.
            let typed = usize::from(keys.contains(hit));
            assert!(rows(drive.keys(keys)) > typed, "{keys}\n{}", drive.screen());
            drive.keys("<down><down><pgdn>").sees(hit);
        }
    }
}

/// Enter waits for the complete result, and keys after it wait too, however late the answer is.
#[test]
fn enter_waits_for_the_results() {
    let mut drive = Drive::new("# todo\n\n- [ ] Elk\n\n## 2031.5.17\n\n《Emu: A》\n\n1\n\n《Yak: B》\n\n2\n", 140, 24);
    drive.holds_searches = true;
    drive.keys("syak<enter>3x").sees("› yak");
    let questions = std::mem::take(&mut drive.questions);
    questions.iter().for_each(|ask| drive.answer(ask));
    drive.sees_not("›").sees("─ Yak").sees("☑ Elk");
    // Leaving does not wait, and keys held back are dropped.
    drive.keys("1semu<enter>3x<esc>").sees_not("›");
    let questions = std::mem::take(&mut drive.questions);
    questions.iter().for_each(|ask| drive.answer(ask));
    drive.sees("─ Yak").sees("☑ Elk");
}
