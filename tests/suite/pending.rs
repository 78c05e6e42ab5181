//! Pending items: named lists, boxes anywhere, items without boxes, and drafts.

use papers_tui::log::edit::{Direction, InsertAt, Intent, Target, revise};
use papers_tui::log::stats::{Stats, newest_day};
use papers_tui::log::topics::ConfiguredTopics;
use papers_tui::log::{EntryKind, Log, SectionKind, Source, State, parse};
use papers_tui::review::deck::Deck;
use papers_tui::review::queue::is_reviewable;

use super::drive::Drive;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// The pending items, each after its mark, or `-` if it has no box.
fn pending(log: &Log) -> Vec<String> {
    let mark = |task: usize| match log.tasks[task].has_box() {
        true => log.mark(task).to_string(),
        false => "-".to_owned(),
    };
    let pending = (0..log.tasks.len()).filter(|&task| log.tasks[task].pending);
    pending.map(|task| format!("{} {}", mark(task), log.tasks[task].text)).collect()
}

/// Checks the pending items and the papers of a text. Every item that can be ticked or unticked must change alone, and
/// undo must restore every byte.
#[track_caller]
fn check(text: &str, items: &[&str], papers: &[&str]) {
    let log = read(text);
    assert_eq!(pending(&log), items, "{text}");
    let titles: Vec<&str> = log.read().map(|entry| &*entry.title).collect();
    assert_eq!(titles, papers, "{text}");
    for (index, task) in log.tasks.iter().enumerate() {
        let Some(intent) = Intent::set_done(&log, index, !task.is_closed()) else { continue };
        let change = intent.apply_to_text(text).unwrap().unwrap();
        let after = read(&change.text);
        assert_eq!(after.tasks.len(), log.tasks.len(), "{}", change.text);
        let wanted = if task.is_closed() { State::Open } else { State::Done };
        assert_eq!((&after.tasks[index].text, after.tasks[index].state), (&task.text, wanted), "{}", change.text);
        assert_eq!(revise(&change.text, &[change.inverse]).unwrap().unwrap(), text);
    }
}

/// Checks the text after ticking the first item.
#[track_caller]
fn ticked(text: &str, wanted: &str) {
    let log = read(text);
    let intent = Intent::set_done(&log, 0, true).unwrap();
    assert_eq!(revise(text, &[intent]).unwrap().unwrap(), wanted);
}

const DAY: &str = "## 2031.5.17\n\n《Gnu: A Model》\n\nIt grazes.\n";

#[test]
fn pending_lists_are_recognized_in_many_languages() {
    for name in
        ["Future Reading", "Unread Papers:", "Paper I'll read", "待读论文", "読みたい論文", "읽을 논문", "## TODO"]
    {
        let text = format!("# {name}\n\n- Elk\n- [ ] Owl\n\n{DAY}");
        check(&text, &["- Elk", "  Owl"], &["Gnu: A Model"]);
    }
    // A list of read papers is not pending, even below a pending list.
    check("# To read\n\n- Elk\n\n## Done\n\n- Owl\n", &["- Elk"], &[]);
    check(&format!("# TO ADD (already read)\n\n- Elk\n\n{DAY}"), &[], &["Gnu: A Model"]);
}

#[test]
fn linked_titles_beside_items_are_items_too() {
    check(
        &format!(
            "# TO READ\nhttps://lab.example.org/emus/\n[Emus at Work: a Study](https://arxiv.org/html/3302.17768v1)\n\
             [Owls Seeing at Night](https://arxiv.org/pdf/3206.11894)\n\n- https://gnu.example.org/ Gnus\n\n{DAY}"
        ),
        &[
            "- https://lab.example.org/emus/",
            "- Emus at Work: a Study",
            "- Owls Seeing at Night",
            "- https://gnu.example.org/ Gnus",
        ],
        &["Gnu: A Model"],
    );
}

#[test]
fn the_title_of_the_log_is_not_a_pending_list() {
    let papers = "- [Elks at Dawn](https://arxiv.org/abs/2031.01)\n- [Owls at Night](https://arxiv.org/abs/2031.02)\n\
        - [Gnus of the Plain](https://arxiv.org/abs/2031.03)\n";
    let titles = ["Elks at Dawn", "Owls at Night", "Gnus of the Plain"];
    check(&format!("# Reading List\n\n{papers}"), &[], &titles);
    check(&format!("# Reading List\n\nMy papers.\n\n## Animals\n\n{papers}"), &[], &titles);
    check(&format!("# Reading List\n\nMy papers.\n\n# Animals\n\n{papers}"), &[], &titles);
    // Next to other headings, it names a list.
    check(&format!("# Reading List\n\n- Emu\n\n# Papers\n\n{papers}"), &["- Emu"], &titles);
    check(&format!("# Papers\n\n{papers}\n# Reading List\n\n- Emu\n"), &["- Emu"], &titles);
}

#[test]
fn a_line_ending_in_a_colon_can_head_a_list() {
    let papers = "- [Elks at Dawn](https://arxiv.org/abs/2031.01)\n- [Owls at Night](https://arxiv.org/abs/2031.02)\n";
    let titles = ["Elks at Dawn", "Owls at Night"];
    for label in ["To Read:", "**Queue:**", "待读："] {
        check(&format!("# Papers\n\n{papers}\n{label}\n\n- Emu\n- Yak\n"), &["- Emu", "- Yak"], &titles);
        // Also without a blank line, and before read papers.
        check(&format!("{label}\n- Emu\n\n# Papers\n\n{papers}"), &["- Emu"], &titles);
        check(&format!("{label}\n- Emu\n\nRead:\n{papers}"), &["- Emu"], &titles);
    }
    // The items may be plain lines, but prose is not a list.
    check(&format!("{DAY}\n# Notes\n\nQueue:\nEmu: A Bird\n"), &["- Emu: A Bird"], &["Gnu: A Model"]);
    check(&format!("{DAY}\n# Notes\n\nNext:\nWe shall see.\n"), &[], &["Gnu: A Model"]);
    // Within a summary, the list belongs to the entry.
    check(&format!("{DAY}\nTodo:\n\n- grow\n"), &[], &["Gnu: A Model"]);
}

#[test]
fn without_a_named_list_checkboxes_outside_days_are_pending() {
    let loose = "# Birds\n\n- [ ] Owl\n- [x] Hen\n- no box\n";
    check(&format!("{loose}\n{DAY}\n- [ ] try it\n"), &["  Owl", "x Hen"], &["Gnu: A Model"]);
    check(&format!("{loose}\n# Pending\n\n- Elk\n\n{DAY}"), &["- Elk"], &["Gnu: A Model"]);
    // A named list in any file counts for all files.
    let sources = [loose, "# Pending\n\n- Elk\n"].map(|text| Source { name: String::new(), text: text.into() });
    assert_eq!(pending(&parse::parse(sources)), ["- Elk"]);
}

#[test]
fn items_remain_when_the_last_one_is_ticked() {
    let text = "# todo\n\nEmus at Work\n\nOwls at Night\n\nGnus Learn to Run\n\n- [x] Yaks in the Rain\n\n## 2031.5.17\n\n《Elk》\n\nx\n";
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    let items: Vec<&str> = log.tasks.iter().filter(|task| task.pending).map(|task| task.text.as_str()).collect();
    assert_eq!(items, ["Emus at Work", "Owls at Night", "Gnus Learn to Run", "Yaks in the Rain"]);
}

#[test]
fn ticking_an_item_without_a_box_adds_one() {
    ticked("# Queue\n\n* Elk\n", "# Queue\n\n* [x] Elk\n");
    ticked("# Queue\r\n\r\n1) Elk\r\n2) Owl\r\n", "# Queue\r\n\r\n1) [x] Elk\r\n2) Owl\r\n");
    ticked("# Queue\n\n  + \\[Elk\n    more\n", "# Queue\n\n  + [x] \\[Elk\n    more\n");
    ticked("# Queue\n\n- [Elks](https://a.b/c) and\n  more", "# Queue\n\n- [x] [Elks](https://a.b/c) and\n  more");
    ticked("# Queue\n\nElk: A Model\n\nOwl\n", "# Queue\n\n- [x] Elk: A Model\n\nOwl\n");
    // Remarks below an item with a box are not items; nor are numbered lines if only bullets have boxes.
    check("# Queue\n\n- [ ] Elk\n  - why: it is large\n\nBy size:\n\n1. large\n2. small\n", &["  Elk"], &[]);
    check("# Queue\n\n- Elk\n- [x] Owl\n\n> - quoted\n", &["- Elk", "x Owl"], &[]);
    // A box on one item does not stop the others from being items.
    check("# Queue\n\n- Elk\n\nBirds:\n\n- Owl\n- Emu\n", &["- Elk", "- Owl", "- Emu"], &[]);
    check("# Queue\n\n- [x] Elk\n\nBirds:\n\n- Owl\n- Emu\n", &["x Elk", "- Owl", "- Emu"], &[]);
    check("# Queue\n\nSorted by size\n\n- [ ] Elk\n- [ ] Owl\n", &["  Elk", "  Owl"], &[]);
    check("# Queue\n\n* of Birds\n\n- [ ] Owl\n", &["  Owl"], &[]);
    check("# Queue\n\n- [x] Elk\n\nOwl\n\nEmu\n\nYak\n", &["x Elk", "- Owl", "- Emu", "- Yak"], &[]);
}

#[test]
fn other_marks_in_boxes_are_kept() {
    let log = read("# Queue\n\n- [-] Elk\n- [/] Owl\n- [>] Gnu\n- [?] Emu\n- [ ] Yak\n");
    let states: Vec<State> = log.tasks.iter().map(|task| task.state).collect();
    assert_eq!(states, [State::Dropped, State::Other, State::Other, State::Other, State::Open]);
    assert!(log.tasks.iter().all(|task| task.text.len() == 3));
    assert_eq!(log.progress(), (1, 5));
    check("# Queue\n\n- [-] Elk\n- [?] Owl\n", &["- Elk", "- Owl"], &[]);
    ticked("# Queue\n\n- [?] Owl\n", "# Queue\n\n- [x] Owl\n");
    // A link is not a mark.
    assert_eq!(read("# Queue\n\n- [?](https://a.b) Owl\n").tasks[0].text, "? Owl");
}

#[test]
fn words_can_mark_items() {
    let text =
        "# Queue\n\n- TODO Elk\n- DOING Owl\n- DONE Gnu\n- LATER Emu\n- NOW Yak\n- WAITING Hen\n- CANCELED Fox\n";
    let states: Vec<State> = read(text).tasks.iter().map(|task| task.state).collect();
    let open = State::Open;
    assert_eq!(states, [open, open, State::Done, open, open, open, State::Dropped]);
    check(text, &["- Elk", "- Owl", "- Gnu", "- Emu", "- Yak", "- Hen", "- Fox"], &[]);
    ticked("# Queue\n\n- TODO Elk\n", "# Queue\n\n- DONE Elk\n");
    ticked("# Queue\n\n- LATER Elk\n", "# Queue\n\n- DONE Elk\n");
    let unticked = |text: &str| revise(text, &[Intent::set_done(&read(text), 0, false).unwrap()]).unwrap().unwrap();
    assert_eq!(unticked("# Queue\n\n- DONE Elk\n"), "# Queue\n\n- TODO Elk\n");
    assert_eq!(unticked("# Queue\n\n- DONE Elk\n- LATER Owl\n"), "# Queue\n\n- LATER Elk\n- LATER Owl\n");
    // Such a word counts only before other text, and only as a whole word.
    check("# Queue\n\n- TODO\n- TODOs of Elks\n- Done\n", &["- TODO", "- TODOs of Elks", "- Done"], &[]);
}

/// Checkboxes that are papers, one of them read.
const PAPERS: &str = "# Animals\n\n- [x] [Elks at Dawn](https://arxiv.org/abs/2031.01)\n\
    - [ ] [Owls at Night](https://arxiv.org/abs/2031.02)\n  - [ ] look at the eyes\n\
    - [ ] [Gnus of the Plain](https://arxiv.org/abs/2031.03)\n";

#[test]
fn a_task_can_be_a_paper() {
    let log = read(PAPERS);
    assert_eq!(log.entries.len(), 3);
    let items = ["x Elks at Dawn", "  Owls at Night", "  look at the eyes", "  Gnus of the Plain"];
    check(PAPERS, &items, &["Elks at Dawn"]);
    assert_eq!(log.counts().papers, 1);
    // A paper ticked in the model counts as read there too.
    let mut model = log.clone();
    Intent::set_done(&log, 1, true).unwrap().apply(&mut model, 0).unwrap();
    assert_eq!((model.counts().papers, model.entries[1].read), (2, true));
    assert_eq!(model, read(&model.files[0].text));
    // Such an item can be added, edited, moved and deleted like any other.
    let owl = || Target::of(&log, 1);
    let changes = [
        Intent::AddTask { text: "[Yaks](https://arxiv.org/abs/2031.04)".into(), place: InsertAt::After(owl()) },
        Intent::AddTask { text: "Hens in the Rain".into(), place: InsertAt::End },
        Intent::EditTask { target: owl(), text: "[Owls by Day](https://arxiv.org/abs/2031.02)".into() },
        Intent::MoveTask { target: owl(), to: Direction::Down },
        Intent::DeleteTask { target: owl() },
    ];
    for change in changes {
        let made = change.apply_to_text(PAPERS).unwrap().unwrap();
        assert!(read(&made.text).sections.iter().all(|section| section.kind != SectionKind::Pending));
        assert_eq!(revise(&made.text, &[made.inverse]).unwrap().unwrap(), PAPERS);
    }
}

#[test]
fn unread_papers_are_not_counted() {
    let text = "## 2031.5.17\n\n- [x] [Elks at Dawn](https://arxiv.org/abs/2031.01)\n\
        - [ ] [Owls at Night](https://arxiv.org/abs/2031.02)\n\n\
        ## 2031.5.18\n\n- [ ] [Gnus of the Plain](https://arxiv.org/abs/2031.03)\n";
    check(text, &["  Owls at Night", "  Gnus of the Plain"], &["Elks at Dawn"]);
    let log = read(text);
    let stats = Stats::of(&log, &ConfiguredTopics::new());
    assert_eq!((stats.papers, stats.days.len(), newest_day(&log).unwrap().to_string()), (1, 1, "2031-05-17".into()));
    let deck = Deck::default();
    let reviewable: Vec<bool> = log.entries.iter().map(|entry| is_reviewable(entry, &deck)).collect();
    assert_eq!(reviewable, [true, false, false]);
}

const ENGLISH: &str = "YYYY.M, by whom, on what; main points:\n\n1. \n2. \n3. \n\nOverall, ";
const CHINESE: &str = "YYYY.M 机构的一篇文章，要点：\n\n1. \n2. \n3. \n\n总体上，";

#[test]
fn an_unfilled_template_is_a_draft() {
    for template in [ENGLISH, CHINESE, &ENGLISH.replace(". \n", ".\n"), "TBD", "待补"] {
        let text = format!("## 2031.5.18\n\n《Owl》\n\n{template}\n\n{DAY}");
        let log = read(&text);
        assert_eq!((log.entries[0].kind, log.entries[1].kind), (EntryKind::Draft, EntryKind::Paper), "{text}");
        let stats = Stats::of(&log, &ConfiguredTopics::new());
        assert_eq!((stats.papers, stats.drafts, stats.days.len()), (1, 1, 1));
        assert!(!is_reviewable(&log.entries[0], &Deck::default()));
        let filled = template.replace("1.", "1. It flies.").replace("TBD", "It flies.").replace("待补", "它会飞。");
        let filled = text.replace(template, &filled);
        assert_eq!(read(&filled).entries[0].kind, EntryKind::Paper, "{filled}");
    }
}

#[test]
fn an_empty_entry_is_a_draft_if_others_have_text() {
    let kinds = |text: &str| -> Vec<EntryKind> { read(text).entries.iter().map(|entry| entry.kind).collect() };
    let link = |name: &str| format!("- [{name} at Work](https://arxiv.org/abs/2031.01)\n");
    let bare: String = ["Elks", "Owls", "Gnus", "Emus"].map(link).concat();
    assert_eq!(kinds(&format!("# Animals\n\n{bare}")), [EntryKind::Paper; 4]);
    let told = bare.replace(")\n", ")\n  - it is about its work\n");
    let mixed = kinds(&format!("# Animals\n\n{told}{}", link("Yaks")));
    assert_eq!(mixed, [[EntryKind::Paper; 4].as_slice(), &[EntryKind::Draft]].concat());
    assert_eq!(kinds("## 2031.5.17\n\n《Elk》\n\n《Owl》\n\nIt flies.\n"), [EntryKind::Draft, EntryKind::Paper]);
}

#[test]
fn checkboxes_elsewhere_are_grouped_by_heading() {
    let text = "# Log\n\n## Birds\n\nOf those that fly.\n\n- [ ] Owl, *by night*\n  wrapped\n\n  more of it\n- [x] Hen\n- no box\n\
        \n## Others\n\n- group\n    - [ ] Gnu\n        - [ ] its horns\n";
    let mut drive = Drive::new(text, 140, 30);
    let rows: Vec<String> = drive.app.checklist.rows.iter().map(|row| row.line.text()).collect();
    let rows: Vec<&str> = rows.iter().map(|row| row.trim()).collect();
    assert_eq!(rows, ["Birds", "Owl, by night wrapped", "Hen", "", "Others", "Gnu", "its horns"]);
    drive.keys("3x").sees("☑ Owl");
    assert_eq!(drive.disk, text.replace("[ ] Owl", "[x] Owl"));
    drive.keys("U");
    assert_eq!(drive.disk, text);
}

#[test]
fn a_section_without_read_papers_has_no_row() {
    let unread = PAPERS.replace("[x]", "[ ]").replace("Animals", "Plants").replace(" at ", " in ");
    let mut drive = Drive::new(&format!("{PAPERS}\n{unread}"), 140, 30);
    let rows: Vec<String> = drive.screen().lines().map(|line| line.chars().take(34).collect()).collect();
    assert!(!rows.iter().any(|row| row.contains("nothing yet") || row.contains("Plants")), "{rows:#?}");
    drive.keys("3").sees("Plants");
    Drive::new("# Log\n\n- [ ] 1. Moss\n", 140, 30).sees("☐ 1. Moss");
}

#[test]
fn ticking_an_item_that_is_a_paper_logs_it() {
    let mut drive = Drive::new(PAPERS, 140, 30);
    drive.keys("3").sees("☐ Owls at Night").keys("jm").sees("the item was ticked").sees("─ Timeline ─");
    assert_eq!(drive.disk, PAPERS.replace("[ ] [Owls", "[x] [Owls"));
    drive.keys("U");
    assert_eq!(drive.disk, PAPERS);
}

#[test]
fn labels_can_mark_items() {
    let text = "# Papers\n\n- [Elks at Dawn](https://arxiv.org/abs/2031.01)\n- [Owls at Night](https://arxiv.org/abs/2031.02)\n\
        - **TODO:** [Gnus of the Plain](https://arxiv.org/abs/2031.03)\n- **TODO**: The Long Way Home of Yaks\n\
        - TODO: Moose in the Snow of the North\n";
    let items = ["- Gnus of the Plain", "- The Long Way Home of Yaks", "- Moose in the Snow of the North"];
    check(text, &items, &["Elks at Dawn", "Owls at Night"]);
    assert_eq!(read(text).entries.len(), 5);
    ticked("# Queue\n\n- **TODO:** Elk\n", "# Queue\n\n- **DONE:** Elk\n");
    ticked("# Queue\n\n- __TODO__: Elk\n", "# Queue\n\n- __DONE__: Elk\n");
    ticked("# Queue\n\n- TODO: Elk\n", "# Queue\n\n- DONE: Elk\n");
    check("# Queue\n\n- **DONE:** Elk\n- **TODO**\n", &["- Elk", "- TODO"], &[]);
    // Also above a summary, on a line of its own.
    let line = |title: &str, id: u8| format!("[{title}](https://arxiv.org/abs/2031.0{id})\n\nGood.\n\n");
    let text = format!(
        "# Papers\n\n{}{}**TODO:** {}",
        line("Elks at Dawn", 1),
        line("Owls at Night", 2),
        line("Gnus of the Plain", 3)
    );
    let log = read(&text);
    let titles: Vec<(&str, bool)> = log.entries.iter().map(|entry| (&*entry.title, entry.read)).collect();
    assert_eq!(titles, [("Elks at Dawn", true), ("Owls at Night", true), ("Gnus of the Plain", false)]);
}

const TABLE: &str = "# Log\n\n## To read\n\n| Paper | Priority | Deadline |\n|---|---|---|\n\
    | [Gnus of the Plain](https://arxiv.org/abs/2031.03) | high | 2031-06-01 |\n\
    | The Long Way Home of Yaks | low | 2031-06-08 |\n\n\
    ## 2031-05-17\n\n- [Elks at Dawn](https://arxiv.org/abs/2031.01)\n\n\
    ## 2031-05-10\n\n- [Owls at Night](https://arxiv.org/abs/2031.02)\n";

#[test]
fn rows_of_a_table_can_be_items() {
    check(TABLE, &["- Gnus of the Plain", "- The Long Way Home of Yaks"], &["Elks at Dawn", "Owls at Night"]);
    let dates = |text: &str| -> Vec<Option<String>> {
        read(text).sections.iter().filter_map(|section| section.kind.stamp()).map(Some).collect()
    };
    assert_eq!(dates(TABLE), [Some("2031-05-17".into()), Some("2031-05-10".into())]);
    ticked(TABLE, &TABLE.replace("[Gnus", "[x] [Gnus"));
    let boxed = TABLE.replace("[Gnus", "[ ] [Gnus");
    check(&boxed, &["- Gnus of the Plain", "- The Long Way Home of Yaks"], &["Elks at Dawn", "Owls at Night"]);
    ticked(&boxed, &boxed.replace("[ ]", "[x]"));
    let log = read(TABLE);
    let change = |intent: Intent| revise(TABLE, &[intent]).unwrap().unwrap();
    let yak = || Target::of(&log, 1);
    let edited = change(Intent::EditTask { target: yak(), text: "Yaks at Home".into() });
    assert_eq!(edited, TABLE.replace("The Long Way Home of Yaks", "Yaks at Home"));
    let deleted = change(Intent::DeleteTask { target: yak() });
    assert_eq!(deleted, TABLE.replace("| The Long Way Home of Yaks | low | 2031-06-08 |\n", ""));
    let added = change(Intent::AddTask { text: "Emus".into(), place: InsertAt::End });
    assert_eq!(added, TABLE.replace("06-08 |\n", "06-08 |\n\n- [ ] Emus\n"));
    // Beside a table whose rows are dated.
    let rows = "| Date | Paper |\n|---|---|\n| 2031-05-17 | [Elks at Dawn](https://arxiv.org/abs/2031.01) |\n\
        | 2031-05-10 | [Owls at Night](https://arxiv.org/abs/2031.02) |\n\n";
    let list = TABLE.split_once("## 2031").unwrap().0.strip_prefix("# Log\n\n").unwrap();
    let text = format!("# Log\n\n{rows}{list}");
    check(&text, &["- Gnus of the Plain", "- The Long Way Home of Yaks"], &["Elks at Dawn", "Owls at Night"]);
    assert_eq!(dates(&text), [Some("2031-05-17".into()), Some("2031-05-10".into())]);
    Drive::new(TABLE, 140, 30).keys("3").sees("• Gnus of the Plain  high").keys("x").sees("☑ Gnus of the Plain");
}
