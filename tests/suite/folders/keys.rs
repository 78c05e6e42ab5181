//! Notes named by citation keys, weeks or days, with the title elsewhere.

use papers_tui::log::explain::Account;
use papers_tui::words::Language;

use super::{check, papers, read};

#[test]
fn a_heading_is_a_better_title_than_a_citation_key() {
    let note = |key: &str, read: &str, title: &str| {
        format!(
            "---\ntitle: {key}\n---\n\nInicio de lectura: {read}\n\n# {title}\n\n**Autor:** Gnu\n\nResumen de las aves.\n"
        )
    };
    check(
        &[
            ("lecturas/2031_Gnu.md", &note("2031_Gnu", "2031-05-17", "La vida de las aves en la ciudad: una mirada")),
            ("lecturas/2030_Owl.md", &note("2030_Owl", "2031-05-20", "¿Cómo se cuentan los búhos por la noche?")),
            ("lecturas/2029_Yak.md", &note("2029_Yak", "2031-06-01", "Los caminos largos de los yaks")),
            ("lecturas/2028_Elk.md", &note("2028_Elk", "2031-06-03", "Puntos clave")),
        ],
        &[
            ["2031-05-17", "lecturas/2031_Gnu.md", "La vida de las aves en la ciudad: una mirada"],
            ["2031-05-20", "lecturas/2030_Owl.md", "¿Cómo se cuentan los búhos por la noche?"],
            ["2031-06-01", "lecturas/2029_Yak.md", "Los caminos largos de los yaks"],
            ["2031-06-03", "lecturas/2028_Elk.md", "2028_Elk"],
        ],
    );
}

#[test]
fn weeks_of_a_research_log_are_no_papers() {
    let week = |number: u32, month: &str| {
        format!(
            "# Fall Week {number} ({month} 3 - {month} 9)\n\n## Goals\n- [x] read the paper on emus\n\n## Monday\n\
             Met the group. Read the paper on owls.\n\n## Next Week\n- [ ] write the introduction\n"
        )
    };
    let log = read(&[
        ("README.md", "# Research Log\n\nMy research log for 2031.\n"),
        ("fall/week02.md", &week(2, "October")),
        ("fall/week03.md", &week(3, "October")),
        ("fall/week04.md", &week(4, "November")),
        ("fall/week05.md", &week(5, "November")),
    ]);
    assert_eq!(papers(&log), Vec::<[String; 3]>::new());
}

#[test]
fn the_day_of_a_files_name_is_no_part_of_its_title() {
    let post = |day: &str, title: &str| {
        format!(
            "---\ntitle: \"2031 05 {day} {title}\"\ndate: 2031-05-{day}T\n---\n\n## What is it?\n\nA paper on birds.\n"
        )
    };
    let titles = ["Emus at Work on the Plain", "Owls at Night: a Survey", "Counting Gnus With Few Sensors"];
    let files: Vec<(String, String)> = (["17", "18", "20"].into_iter().zip(titles))
        .map(|(day, title)| (format!("posts/2031-05-{day} {title}.md"), post(day, title)))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let log = read(&files);
    let mut found: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    found.sort_unstable();
    assert_eq!(found, ["Counting Gnus With Few Sensors", "Emus at Work on the Plain", "Owls at Night: a Survey"]);
}

/// Notes in English with a label of the day of reading.
fn read_on(days: &[&str]) -> Vec<(String, String)> {
    let titles = ["Emus at Work on the Plain", "Owls at Night: a Survey", "Counting Gnus With Few Sensors"];
    let note = |(day, title): (&&str, &str)| {
        (format!("notes/{title}.md"), format!("Read on: {day}\n\n# {title}\n\nThe authors count birds of the plain.\n"))
    };
    days.iter().zip(titles).map(note).collect()
}

/// The days of notes, by name.
fn days(notes: &[(String, String)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = notes.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut papers = papers(&read(&files));
    papers.sort_by(|one, other| one[1].cmp(&other[1]));
    papers.into_iter().map(|[day, ..]| day).collect()
}

#[test]
fn days_of_reading_share_their_order_of_day_and_month() {
    assert_eq!(days(&read_on(&["09/08/2031", "25/04/2031", "06-03-2031"])), ["2031-03-06", "2031-08-09", "2031-04-25"]);
    assert_eq!(days(&read_on(&["09/08/2031", "04/25/2031", "06-03-2031"])), ["2031-06-03", "2031-09-08", "2031-04-25"]);
    assert_eq!(days(&read_on(&["09/08/2031", "08/09/2031", "06-03-2031"])), ["2031-06-03", "2031-09-08", "2031-08-09"]);
}

#[test]
fn the_language_tells_the_usual_order_of_day_and_month() {
    let note = "---\ntitle: Emus at Work on the Plain\ndate: 09/08/2031\n---\n\nLas aves del campo, que corren por la noche.\n";
    check(&[("notes/emus.md", note)], &[["2031-08-09", "emus.md", "Emus at Work on the Plain"]]);
    let english =
        "---\ntitle: Owls at Night: a Survey\ndate: 07/08/2031\n---\n\nThe owls of the plain, and what they see.\n";
    let french = "---\ntitle: Gnus of the Plain\ndate: 05/08/2031\n---\n\nLes gnous courent dans la nuit et le jour.\n";
    check(
        &[("a.md", note), ("b.md", english), ("c.md", french)],
        &[
            ["2031-08-09", "a.md", "Emus at Work on the Plain"],
            ["2031-08-07", "b.md", "Owls at Night: a Survey"],
            ["2031-08-05", "c.md", "Gnus of the Plain"],
        ],
    );
    let explained = Account::of(&read(&[("notes/emus.md", note)]), 0);
    let messages: Vec<String> = explained.guesses.iter().map(|guess| guess.message(Language::English)).collect();
    assert_eq!(messages, ["assuming the day comes before the month, as is usual in the language of the text"]);
}

#[test]
fn the_day_may_be_below_a_heading() {
    let note = |title: &str, day: &str| format!("# {title}\n\n## Summary\n\nThey count birds.\n\n## Date\n**{day}**\n");
    let files = [
        ("Emu.2031.md", note("Counting Emus of the Plain", "2031.05.17")),
        ("Owl.2031.md", note("Owls at Night: a Survey", "2031.05.20")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    check(
        &files,
        &[
            ["2031-05-17", "Emu.2031.md", "Counting Emus of the Plain"],
            ["2031-05-20", "Owl.2031.md", "Owls at Night: a Survey"],
        ],
    );
}

#[test]
fn an_outline_may_begin_with_tags() {
    let note = |tag: &str, title: &str| {
        format!(
            "- #paper/{tag} ~ [[2031 CE]] ~ [[Birds]], [[Plains]]\n\t- **{title}**\n\t- https://arxiv.org/abs/2031.00001\n\t- good\n"
        )
    };
    let log = check(
        &[
            ("Emus.md", &note("read", "Emus at Work on the Plain: a Study")),
            ("Owls.md", &note("to-read", "Owls: Seeing at Night")),
            ("Gnus.md", &note("read", "Counting Gnus With Few Sensors")),
        ],
        &[
            ["notes", "Emus.md", "Emus at Work on the Plain: a Study"],
            ["notes", "Owls.md", "Owls: Seeing at Night"],
            ["notes", "Gnus.md", "Counting Gnus With Few Sensors"],
        ],
    );
    assert!(log.entries.iter().all(|entry| entry.line() == 2));
}

#[test]
fn a_folder_may_be_named_after_a_month_among_other_words() {
    let note = |title: &str| {
        format!(
            "# <center> **论文笔记** </center>\n\n**题目** ：{title}  \n**出处**：Birds 2031  \n**作者**：Anna Gnu\n\n鸸鹋跑得很快。\n"
        )
    };
    let log = check(
        &[
            ("【2031】论文笔记【5月份】/【读书笔记】birds2031_Emus.md", &note("Emus at Work on the Plain")),
            ("【2031】论文笔记【12月份】/[论文笔记]Owls.md", &note("Owls: Seeing at Night")),
            ("【2032】论文笔记【1月份】/鸟_Gnus - 副本.md", &note("Counting Gnus With Few Sensors")),
        ],
        &[
            ["2031-05", "【2031】论文笔记【5月份】/【读书笔记】birds2031_Emus.md", "Emus at Work on the Plain"],
            ["2031-12", "【2031】论文笔记【12月份】/[论文笔记]Owls.md", "Owls: Seeing at Night"],
            ["2032-01", "【2032】论文笔记【1月份】/鸟_Gnus - 副本.md", "Counting Gnus With Few Sensors"],
        ],
    );
    assert!(log.entries.iter().all(|entry| entry.line() == 3));
}

#[test]
fn the_first_item_of_an_outline_is_the_title_below_a_short_name() {
    let page = |title: &str| {
        format!(
            "- {title} #readdone\n\t- Zotero Metadata\n\t\t- http://arxiv.org/abs/2031.00001\n\t- [[abstract]]:\n\t\t- Birds run.\n"
        )
    };
    let log = read(&[
        (
            "pages/emut.md",
            &format!("---\ntitle: EMUT\n---\n\n{}", page("End-to-End Counting of Emus with Transformers")),
        ),
        ("pages/OwlNet.md", &page("OwlNet: Seeing at Night with Few Sensors")),
        ("pages/gnu.md", "- They graze.\n\t- https://arxiv.org/abs/2031.00003\n\t- They run.\n"),
    ]);
    let titles: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(
        titles[..2],
        ["End-to-End Counting of Emus with Transformers", "OwlNet: Seeing at Night with Few Sensors"]
    );
    assert!(!titles[2..].contains(&"They graze."));
}
