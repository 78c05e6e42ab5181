//! Changes to the log: the new text, what is refused, and undo that restores every byte.

use chrono::NaiveDate;
use papers_tui::io::sample;
use papers_tui::log::edit::{Direction, InsertAt, Intent, ItemOutcome, NewEntry, Refusal, Target, revise, template};
use papers_tui::log::{Log, Source, parse};
use papers_tui::words::Language;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRng, TestRunner};

const LIST: &str =
    "# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n- [ ] Gnu\n\n## 2031.5.17\n\n《Yak》\n\nx\n";

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn target(text: &str, item: &str) -> Target {
    let log = read(text);
    Target::of(&log, log.tasks.iter().position(|task| task.text == item).unwrap())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Checks that the intent turns `before` into `after`, that its inverse restores `before`, and that redoing works too.
#[track_caller]
fn check(before: &str, intent: &Intent, after: &str) {
    let change = intent.apply_to_text(before).unwrap().expect("something changes");
    assert_eq!(change.text, after);
    let back = change.inverse.apply_to_text(after).unwrap().expect("the change is undone");
    assert_eq!(back.text, before);
    assert_eq!(back.inverse.apply_to_text(before).unwrap().expect("the change is redone").text, after);
}

#[track_caller]
fn refuses(text: &str, intent: &Intent, wanted: &Refusal) {
    assert_eq!(&intent.apply_to_text(text).unwrap_err(), wanted);
}

fn done(target: Target, children: bool, date: Option<&str>) -> Intent {
    Intent::SetDone { target, done: true, children, date: date.map(day) }
}

#[test]
fn a_tick_changes_only_its_box() {
    let owl = target(LIST, "Owl");
    check(LIST, &done(owl.clone(), false, None), &LIST.replace("[ ] Owl", "[x] Owl"));
    let birds = done(target(LIST, "birds"), true, None);
    check(LIST, &birds, &LIST.replace("[ ] birds", "[x] birds").replace("[ ] Owl", "[x] Owl"));
    let dated = LIST.replace("[ ] Owl", "[x] Owl ✅ 2031-05-17");
    check(LIST, &done(owl, false, Some("2031-05-17")), &dated);
    let log = read(&dated);
    let task = log.tasks.iter().position(|task| task.text.starts_with("Owl")).unwrap();
    check(&dated, &Intent::set_done(&log, task, false).unwrap(), LIST);
}

#[track_caller]
fn add(before: &str, text: &str, place: InsertAt, after: &str) {
    check(before, &Intent::AddTask { text: text.into(), place }, after);
}

#[test]
fn items_are_added_in_the_style_of_the_list() {
    let after = |text, item| InsertAt::After(target(text, item));
    let under = |text, item| InsertAt::Under(target(text, item));
    add(LIST, "Ape", after(LIST, "birds"), &LIST.replace("[x] Emu\n", "[x] Emu\n- [ ] Ape\n"));
    add(LIST, "Ape", after(LIST, "Owl"), &LIST.replace("[ ] Owl\n", "[ ] Owl\n  - [ ] Ape\n"));
    add(LIST, "Ape", under(LIST, "birds"), &LIST.replace("[x] Emu\n", "[x] Emu\n  - [ ] Ape\n"));
    add(LIST, "Ape", under(LIST, "Elk"), &LIST.replace("[ ] Elk\n", "[ ] Elk\n  - [ ] Ape\n"));
    add(LIST, "Ape", InsertAt::End, &LIST.replace("[ ] Gnu\n", "[ ] Gnu\n- [ ] Ape\n"));
    add(LIST, " a\nb\t\u{1b}[31mc\r\n", InsertAt::End, &LIST.replace("[ ] Gnu\n", "[ ] Gnu\n- [ ] a b [31mc\n"));
    let crlf = LIST.replace('\n', "\r\n");
    add(&crlf, "Ape", InsertAt::End, &crlf.replace("[ ] Gnu\r\n", "[ ] Gnu\r\n- [ ] Ape\r\n"));

    let tabs = "# todo\n* [ ] a\n\t* [ ] b\n* [ ] c";
    add(tabs, "d", under(tabs, "c"), "# todo\n* [ ] a\n\t* [ ] b\n* [ ] c\n\t* [ ] d");
    add(tabs, "d", InsertAt::End, "# todo\n* [ ] a\n\t* [ ] b\n* [ ] c\n* [ ] d");
    let numbers = "# todo\n\n1. [ ] a\n2. [ ] b\n";
    add(numbers, "c", after(numbers, "b"), "# todo\n\n1. [ ] a\n2. [ ] b\n3. [ ] c\n");
    let loose = "# todo\n\n- [ ] a\n\n- [ ] b\n\n# 2031.5\n";
    add(loose, "c", after(loose, "b"), "# todo\n\n- [ ] a\n\n- [ ] b\n\n- [ ] c\n\n# 2031.5\n");
    let quoted = "# todo\n\n> - [ ] a\n> - [ ] b\n";
    add(quoted, "c", after(quoted, "a"), "# todo\n\n> - [ ] a\n> - [ ] c\n> - [ ] b\n");
    let group = "# todo\n\n- [ ] a\n\n  - [ ] b\n- [ ] c\n";
    add(group, "d", under(group, "c"), "# todo\n\n- [ ] a\n\n  - [ ] b\n- [ ] c\n\n  - [ ] d\n");
}

#[test]
fn a_new_pending_list_goes_where_new_entries_go() {
    let newest_first = "# Log\n\nhello\n\n# 2031.5\n\n## 2031.5.17\n\n《Yak》\n\n## 2031.5.2\n\n《Elk》\n";
    add(
        newest_first,
        "Ape",
        InsertAt::End,
        &newest_first.replace("# 2031.5\n", "# pending list\n\n- [ ] Ape\n\n# 2031.5\n"),
    );
    let oldest_first = "## 2031.5.2\n\n《Elk》\n\n## 2031.5.17\n\n《Yak》";
    add(oldest_first, "Ape", InsertAt::End, &format!("{oldest_first}\n\n## pending list\n\n- [ ] Ape\n"));
    add("", "Ape", InsertAt::End, "# pending list\n\n- [ ] Ape\n");
    add("# todo\n\nlater:\n\n# 2031.5\n", "Ape", InsertAt::End, "# todo\n\nlater:\n\n- [ ] Ape\n\n# 2031.5\n");
    add("# todo\n## 2031.5.2\n", "Ape", InsertAt::End, "# todo\n\n- [ ] Ape\n## 2031.5.2\n");
}

#[test]
fn items_are_reworded_and_deleted() {
    let edit = |text: &str, item, new: &str| Intent::EditTask { target: target(text, item), text: new.into() };
    check(
        LIST,
        &edit(LIST, "Owl", "the [Owl](https://owl.example)"),
        &LIST.replace("Owl", "the [Owl](https://owl.example)"),
    );
    let wrapped = "# todo\n- [ ] one\n  two  \n  - [ ] b\n";
    check(wrapped, &edit(wrapped, "one two", "three"), "# todo\n- [ ] three  \n  - [ ] b\n");
    refuses(LIST, &edit(LIST, "Owl", " \n\t"), &Refusal::Empty);

    let delete = |text: &str, item| Intent::DeleteTask { target: target(text, item) };
    check(LIST, &delete(LIST, "Elk"), &LIST.replace("- [ ] Elk\n", ""));
    check(LIST, &delete(LIST, "birds"), &LIST.replace("- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n", ""));
    let loose = "# todo\n\n- [ ] a\n\n- [ ] b\n\n- [ ] c";
    check(loose, &delete(loose, "b"), "# todo\n\n- [ ] a\n\n- [ ] c");
    check(loose, &delete(loose, "c"), "# todo\n\n- [ ] a\n\n- [ ] b\n\n");
}

#[test]
fn items_are_moved() {
    let shift = |text: &str, item, to| Intent::MoveTask { target: target(text, item), to };
    let (elk, birds) = ("- [ ] Elk\n", "- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n");
    let swapped = LIST.replace(&format!("{elk}{birds}"), &format!("{birds}{elk}"));
    check(LIST, &shift(LIST, "birds", Direction::Up), &swapped);
    check(LIST, &shift(LIST, "Elk", Direction::Down), &swapped);
    refuses(LIST, &shift(LIST, "Elk", Direction::Up), &Refusal::Edge("Elk".into()));
    refuses(LIST, &shift(LIST, "Emu", Direction::Down), &Refusal::Edge("Emu".into()));
    let numbers = "# todo\n\n1. [ ] a\n2. [x] b";
    check(numbers, &shift(numbers, "b", Direction::Up), "# todo\n\n1. [x] b\n2. [ ] a");

    let below =
        LIST.replace("- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n", "  - [ ] birds\n    - [ ] Owl\n    - [x] Emu\n");
    check(LIST, &shift(LIST, "birds", Direction::In), &below);
    check(&below, &shift(&below, "birds", Direction::Out), LIST);
    check(LIST, &shift(LIST, "Gnu", Direction::In), &LIST.replace("- [ ] Gnu", "  - [ ] Gnu"));
    let out = LIST.replace("  - [ ] Owl\n  - [x] Emu\n", "  - [x] Emu\n- [ ] Owl\n");
    check(LIST, &shift(LIST, "Owl", Direction::Out), &out);
    refuses(LIST, &shift(LIST, "Gnu", Direction::Out), &Refusal::Edge("Gnu".into()));
    let tabs = "# todo\r\n- [ ] a\r\n\t- [ ] b\r\n- [ ] c\r\n\ttext";
    check(tabs, &shift(tabs, "c text", Direction::In), "# todo\r\n- [ ] a\r\n\t- [ ] b\r\n\t- [ ] c\r\n\t\ttext");
}

fn entry(title: &str, date: &str) -> Intent {
    Intent::LogEntry(NewEntry { title: title.into(), date: day(date), body: "one\n\ntwo".into(), under: None })
}

#[track_caller]
fn logs(before: &str, date: &str, after: &str) {
    check(before, &entry("Ape: A Model", date), after);
}

#[test]
fn new_entries_follow_the_order_of_the_file() {
    const NEW: &str = "《Ape: A Model》\n\none\n\ntwo\n\n";
    let log = "# todo\n\n- [ ] a\n\n# 2031.6\n\n## 2031.6.4\n\n《Yak》\n\nx\n\n# 2031.5\n\n## 2031.5.17\n\n《Elk》\n\ny\n\n## 2031.4.30\n\n《Gnu》\n\nz\n";
    let before = |heading: &str, new: &str| log.replacen(heading, &format!("{new}{heading}"), 1);
    logs(log, "2031-06-04", &before("# 2031.5\n", NEW));
    logs(log, "2031-06-05", &before("## 2031.6.4", &format!("## 2031.6.5\n\n{NEW}")));
    logs(log, "2031-06-01", &before("# 2031.5\n", &format!("## 2031.6.1\n\n{NEW}")));
    logs(log, "2031-07-01", &before("# 2031.6\n", &format!("# 2031.7\n\n## 2031.7.1\n\n{NEW}")));
    logs(log, "2031-05-03", &before("## 2031.4.30", &format!("## 2031.5.3\n\n{NEW}")));
    logs(log, "2031-04-29", &format!("{log}\n## 2031.4.29\n\n{}", NEW.trim_end_matches('\n').to_owned() + "\n"));
    logs(log, "2031-03-01", &format!("{log}\n# 2031.3\n\n## 2031.3.1\n\n{}\n", NEW.trim_end()));

    let rising = "### 2031/05/02\n\n《Elk》\ny\n\n### 2031/05/17\n\n《Yak》\nx";
    logs(rising, "2031-05-20", &format!("{rising}\n\n### 2031/05/20\n\n《Ape: A Model》\none\n\ntwo\n"));
    logs(
        rising,
        "2031-05-09",
        &rising.replace("### 2031/05/17", "### 2031/05/09\n\n《Ape: A Model》\none\n\ntwo\n\n### 2031/05/17"),
    );
    logs(rising, "2031-05-01", &format!("### 2031/05/01\n\n《Ape: A Model》\none\n\ntwo\n\n{rising}"));
    logs("", "2031-05-01", "# 2031-05-01\n\n《Ape: A Model》\n\none\n\ntwo\n");
    let marked = format!("\u{FEFF}{rising}");
    logs(&marked, "2031-05-01", &format!("\u{FEFF}### 2031/05/01\n\n《Ape: A Model》\none\n\ntwo\n\n{rising}"));
    let months = "# 2031-06\n\n《Yak》\n\nx\n\n# 2031-05\n\n《Elk》\n\ny\n";
    logs(months, "2031-06-09", &months.replace("# 2031-05", &format!("{NEW}# 2031-05")));
}

#[test]
fn a_new_title_is_marked_even_among_bare_titles() {
    let bare = "## 2031.5.17\n\nElk: A Model\n    2031.4 的一篇文章\n    second\n\n## 2031.5.2\n\nYak: Another\n    2031.3 的一篇文章\n";
    let new = "《Ape: A Model》\none\n\ntwo\n\n";
    logs(bare, "2031-05-17", &bare.replace("## 2031.5.2", &format!("{new}## 2031.5.2")));
    let mixed = format!("## 2031.6.1\n\n**《Gnu》**\n\nx\n\n{bare}");
    let change = entry("Ape: A Model", "2031-05-17").apply_to_text(&mixed).unwrap().unwrap();
    let titles = |text: &str| read(text).entries.into_iter().map(|entry| String::from(entry.title)).collect::<Vec<_>>();
    assert_eq!(titles(&change.text), ["Gnu", "Elk: A Model", "Ape: A Model", "Yak: Another"]);
    assert!(change.text.contains("\n**《Ape: A Model》**\n"), "{}", change.text);
}

#[test]
fn new_headings_follow_the_style_of_the_others() {
    let check = |heading: &str, wanted: &str| {
        let text = format!("{heading}\n\n《Yak》\n\nx\n");
        let change = entry("Ape", "2031-11-03").apply_to_text(&text).unwrap().unwrap();
        assert_eq!(change.text.lines().next(), Some(wanted), "{}", change.text);
    };
    check("## 2031.5.7", "## 2031.11.3");
    check("## 2031-05-07", "## 2031-11-03");
    check("### 2031年5月7日 周三", "### 2031年11月3日 周一");
    check("## Added 2031/05/07:", "## Added 2031/11/03:");
    check("## **2031.5.7**", "## **2031.11.3**");
    check("## 20310507", "## 20311103");
    check("# May 7, 2031", "# November 3, 2031");
    check("## 2031.5.7 a talk", "## 2031.11.3");
    check("## Week 3 2031.5.7", "## 2031.11.3");
}

#[test]
fn logging_an_item_can_be_undone() {
    let log = read(LIST);
    let birds = log.tasks.iter().position(|task| task.text == "birds").unwrap();
    let entry = NewEntry { title: "birds".into(), date: day("2031-05-18"), body: "b".into(), under: None };
    let new = "## 2031.5.18\n\n《birds》\n\nb\n\n## 2031.5.17";
    let ticked = LIST.replace("[ ] birds", "[x] birds");
    let written = |list: &str| list.replace("## 2031.5.17", new);
    check(LIST, &Intent::promote(&log, birds, ItemOutcome::Tick(None), false, entry.clone()), &written(&ticked));
    let all = ticked.replace("[ ] Owl", "[x] Owl");
    check(LIST, &Intent::promote(&log, birds, ItemOutcome::Tick(None), true, entry.clone()), &written(&all));
    let gone = LIST.replace("- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n", "");
    check(LIST, &Intent::promote(&log, birds, ItemOutcome::Remove, false, entry), &written(&gone));
}

#[test]
fn the_template_is_in_the_language_of_the_log() {
    assert!(template(&read("# 待读\n\n- [ ] 综述\n"), Language::English).contains("总体上，"));
    assert!(template(&read("# to read\n\n- [ ] a survey\n"), Language::English).contains("Overall, "));
}

#[test]
fn undo_finds_lines_that_have_moved() {
    let add = Intent::AddTask { text: "Ape".into(), place: InsertAt::After(target(LIST, "Elk")) };
    let change = add.apply_to_text(LIST).unwrap().unwrap();
    let undone = |now: &str| change.inverse.apply_to_text(now).map(|change| change.unwrap().text);
    // Text was added above, and the neighbour changed.
    let now = change.text.replace("# todo\n", "# todo\n\nhello\n").replace("Elk", "Eland");
    assert_eq!(undone(&now).unwrap(), now.replace("- [ ] Ape\n", ""));
    // The item was ticked or duplicated: the original is missing or ambiguous.
    assert_eq!(undone(&change.text.replace("[ ] Ape", "[x] Ape")), Err(Refusal::Gone("Ape".into())));
    let twins = change.text.replace("- [ ] Elk\n- [ ] Ape\n", "- [ ] Ape\n- [ ] Eland\n- [ ] Ape\n");
    assert_eq!(undone(&twins), Err(Refusal::Ambiguous("Ape".into(), 2)));
}

#[test]
fn a_log_with_merge_conflicts_is_read_only() {
    let torn = LIST.replace("- [ ] Gnu\n", "<<<<<<< ours\n- [ ] Gnu\n=======\n- [ ] Gnat\n>>>>>>> theirs\n");
    refuses(&torn, &done(target(LIST, "Owl"), false, None), &Refusal::Conflict(7));
}

#[test]
fn a_change_that_affects_other_items_is_refused() {
    for (text, item) in [
        // The second item would become part of the text above, since its number is not 1.
        ("# todo\n\nwords\n1. [ ] a\n2. [ ] b\n", "a"),
        // The marker of another item is on the same line.
        ("# todo\n- [ ] a\n- - [ ] b\n", "b"),
    ] {
        let refusal = Intent::DeleteTask { target: target(text, item) }.apply_to_text(text).unwrap_err();
        assert!(matches!(refusal, Refusal::TooBroad(_)), "{text}");
    }
}

/// A random change to this log.
fn any_intent(log: &Log, kind: u8, which: usize, flag: bool) -> Option<Intent> {
    let date = day("2031-05-01") + chrono::Days::new(u64::try_from(which % 400).unwrap());
    let entry = NewEntry {
        title: format!("Entry {which}"),
        date,
        body: template(log, Language::English).to_owned(),
        under: None,
    };
    if kind == 0 {
        return Some(Intent::LogEntry(entry));
    }
    let text = ["Ape", "猿：一篇 survey", "[a](https://b.example)", "`x` *y*"][which % 4].to_owned();
    if kind == 1 || log.tasks.is_empty() {
        return Some(Intent::AddTask { text, place: InsertAt::End });
    }
    let task = which % log.tasks.len();
    let target = Target::of(log, task);
    Some(match kind {
        2 => Intent::set_done(log, task, !log.tasks[task].is_done())?,
        3 => Intent::SetDone { target, done: !log.tasks[task].is_done(), children: flag, date: flag.then_some(date) },
        4 => Intent::AddTask { text, place: if flag { InsertAt::After(target) } else { InsertAt::Under(target) } },
        5 => Intent::EditTask { target, text },
        6 => Intent::DeleteTask { target },
        7 => Intent::MoveTask { target, to: if flag { Direction::Up } else { Direction::Down } },
        8 => Intent::MoveTask { target, to: if flag { Direction::In } else { Direction::Out } },
        _ => Intent::promote(log, task, if flag { ItemOutcome::Tick(None) } else { ItemOutcome::Remove }, false, entry),
    })
}

/// Makes changes one after another, then undoes all: every byte is as before. Returns how many were made and how many
/// were refused.
fn there_and_back(text: &str, steps: &[(u8, usize, bool)]) -> (usize, usize) {
    let (mut now, mut made, mut refused) = (text.to_owned(), Vec::new(), 0);
    for &(kind, which, flag) in steps {
        let Some(intent) = any_intent(&read(&now), kind, which, flag) else { continue };
        match intent.apply_to_text(&now) {
            Ok(Some(change)) => made.push((std::mem::replace(&mut now, change.text), change.inverse)),
            Ok(None) => {}
            Err(_) => refused += 1,
        }
    }
    let count = made.len();
    for (before, inverse) in made.into_iter().rev() {
        let back = revise(&now, &[inverse]).unwrap().unwrap();
        assert_eq!(back, before);
        now = back;
    }
    assert_eq!(now, text);
    (count, refused)
}

fn steps() -> impl Strategy<Value = Vec<(u8, usize, bool)>> {
    prop::collection::vec((0_u8..10, any::<usize>(), any::<bool>()), 1..12)
}

fn sequences(text: &str, count: u32) -> (usize, usize) {
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(config.rng_algorithm);
    let mut sum = (0, 0);
    let mut runner = TestRunner::new_with_rng(config, rng);
    for _ in 0..count {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        let (made, refused) = there_and_back(text, &steps);
        sum = (sum.0 + made, sum.1 + refused);
    }
    sum
}

/// The number of random sequences; `PAPERS_TUI_SEQUENCES` sets it.
fn count() -> u32 {
    std::env::var("PAPERS_TUI_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(12)
}

#[test]
fn random_changes_to_the_sample_can_be_undone() {
    let (made, refused) = sequences(sample::TEXT, count());
    assert!(made > refused * 4, "{made} made, {refused} refused");
}

/// Titles such as “Entry 7” do not look like papers; with enough of them, a small log may be read as having none.
#[test]
fn entries_that_do_not_look_like_papers_can_be_undone() {
    let text = "# 2031.5.17\n\n### Emus at Work: a Study of Birds\n\nshort\n\n### Owls Learn to See\n\ntext\n";
    let steps: Vec<_> = (0..8).map(|step| (0, 3_964_787_933_326_386_259 + step * 37, false)).collect();
    let (made, _) = there_and_back(text, &steps);
    assert!(made > 4, "{made}");
}

#[test]
fn random_changes_to_any_log_can_be_undone() {
    let Some(folder) = super::teaching::folder_of_logs() else { return };
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "md") {
            let (made, refused) = sequences(&std::fs::read_to_string(&file).unwrap(), count());
            println!("{}: {made} made, {refused} refused", file.display());
        }
    }
}

#[test]
fn logging_a_paper_of_the_real_log_can_be_undone() {
    let Some(path) = std::env::var_os("PAPERS_TUI_REAL_LOG") else {
        return println!("skipped: PAPERS_TUI_REAL_LOG is not set");
    };
    let text = std::fs::read_to_string(path).unwrap();
    let log = read(&text);
    for task in 0..log.tasks.len() {
        let newest = log.sections.iter().filter_map(|section| section.kind.date()).max().unwrap();
        for (days, settle) in [(0, ItemOutcome::Tick(None)), (40, ItemOutcome::Remove)] {
            let date = newest + chrono::Days::new(days);
            let entry = NewEntry {
                title: log.tasks[task].text.clone(),
                date,
                body: template(&log, Language::English).to_owned(),
                under: None,
            };
            let intent = Intent::promote(&log, task, settle, true, entry);
            let change = intent.apply_to_text(&text).unwrap().unwrap();
            assert_eq!(read(&change.text).entries.len(), log.entries.len() + 1);
            assert_eq!(revise(&change.text, &[change.inverse]).unwrap().unwrap(), text);
        }
    }
    let (made, refused) = sequences(&text, count());
    println!("{made} made, {refused} refused");
}

/// Texts made of parts of lists and days.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# pending list\n",
        "## 2031.5.17\n",
        "# 2031.5\n",
        "## 2031.4.30\n",
        "### 深\n",
        "《Emu: A Model》\n",
        "- [ ] a\n",
        "  - [x] b\n",
        "    - [ ] 甲\n",
        "> - [ ] q\n",
        "-\t[ ] t\n",
        "1. [X] n\n",
        "* [ ] s\r\n",
        "\n",
        "\r\n",
        "    text\n",
        "text\n",
        "<img src=\"a.png\">\n",
        "[5036]",
        "```\n",
        "<!--",
        "-->\n",
        "---\n",
        "- - [ ] twice\n",
        "\t- [ ] tab\n",
        "- [ ] c ✅ 2031-05-17\n",
        "\u{FEFF}",
        "  two\n",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_changes_to_any_text_can_be_undone(text in texts(), steps in steps()) {
        there_and_back(&text, &steps);
    }
}
