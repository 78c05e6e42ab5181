//! Any query is answered within bounds, and text copied from a paper finds it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use papers_tui::app::Message;
use papers_tui::search::text::Pattern;
use papers_tui::search::{Catalogue, Query, Results, SearchBody, SearchItem, SearchSession};

use super::drive::Drive;

const TITLES: [&str; 5] = [
    "Emu: Generative Herding of Flightless Birds in the Open",
    "Gnu: A Model",
    "Owls See at Night: A Survey of Nocturnal Attention",
    "鸸鹋：不会飞的鸟如何学会群体决策与迁徙",
    "Café Herons and Their Reﬂections",
];

const TEXT: &str = "Herons stand in shallow water for hours before they strike at a fish that comes too near. We show \
                    that a small model of patience explains most of what is seen, and we measure it on three lakes. \
                    本文研究苍鹭在浅水中的等待行为，并提出一个简单的耐心模型。";

/// The results of a query on `TITLES`, the last of which has `TEXT` as its body; and how often the search asked whether
/// to stop, as a measure of its work.
fn search(typed: &str) -> (Results, usize) {
    let last = TITLES.len() - 1;
    let items = TITLES.iter().enumerate().map(|(at, title)| SearchItem {
        title,
        name: title.split_once([':', '：']).map(|(name, _)| name),
        organisations: Vec::new(),
        body: (at == last).then(|| SearchBody { text: 0, span: 0..TEXT.len() }),
        recency: 0,
    });
    let mut session = SearchSession::new(Arc::new(Catalogue::new(items)));
    let asked = AtomicUsize::new(0);
    let stop = || {
        asked.fetch_add(1, Ordering::Relaxed);
        false
    };
    let results = session.search(&Query::new(typed), &[TEXT], &stop, |_| {}).unwrap();
    (results, asked.into_inner())
}

#[track_caller]
fn finds(typed: &str, title: usize) {
    let (results, _) = search(typed);
    assert_eq!(results.hits.first().map(|hit| TITLES[hit.item]), Some(TITLES[title]), "{typed}");
}

/// Kinds of pasted text, and how often a search for each asks whether to stop, at three lengths.
fn pasted() -> Vec<(String, Vec<usize>)> {
    let count = |typed: String| {
        let (_, asked) = search(&typed);
        asked
    };
    let words = |count: usize| (0..count).map(|word| format!("word{} ", word * 7919 % 997)).collect::<String>();
    let kinds: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("words", &words),
        ("one word", &|count| "quetzalcoatl".repeat(count / 2)),
        ("syllables", &|count| "damoxingtuijian".repeat(count / 2)),
        ("Chinese", &|count| "大模型推荐系统的综述，".repeat(count)),
        ("signs", &|count| "a-b_c/d.e'f ".repeat(count)),
        ("marks", &|count| "!^a$ 'b ^c ".repeat(count)),
    ];
    let counts = |typed: &dyn Fn(usize) -> String| [200, 400, 4_000].map(|size| count(typed(size))).to_vec();
    kinds.into_iter().map(|(name, typed)| (name.to_owned(), counts(typed))).collect()
}

#[test]
fn very_long_queries_are_bounded() {
    for (name, asked) in pasted() {
        assert!(asked.iter().all(|&asked| asked < 1_000), "{name}: {asked:?}");
        assert!(asked[2] <= asked[0] * 2 + 10, "{name}: {asked:?}");
    }
}

#[test]
fn a_typo_in_a_query_is_forgiven() {
    finds("flightles brids", 0);
    finds("noctrunal", 2);
}

#[test]
fn a_pasted_title_finds_its_paper() {
    finds("Emu: Generative Herding of Flightless Birds in the Open", 0);
    let reference = "A. Heron, B. Stork and others (2031). Owls See at Night: A Survey of Nocturnal Attention. In \
                     Proceedings of the Ninth Conference on Birds and What They See, pages 17 to 42, Alice Springs.";
    finds(reference, 2);
    finds(
        "苍鹭等人，《鸸鹋：不会飞的鸟如何学会群体决策与迁徙》，第九届鸟类会议，二〇三一年，爱丽斯泉，第十七页至第四十二页",
        3,
    );
}

#[test]
fn a_pasted_abstract_finds_its_paper() {
    finds(TEXT, 4);
    finds(&TEXT.repeat(20), 4);
    finds(&TEXT.replace("water", "waters").replace("hours", "days"), 4);
    finds("本文研究苍鹭在浅水中的等待行为，并提出一个简单的耐心模型。", 4);
    let (results, _) = search(&"no such words anywhere ".repeat(100));
    assert!(results.hits.is_empty());
}

#[test]
fn search_ignores_accents_ligatures_and_width() {
    for typed in ["cafe", "café", "cafe\u{301}", "CAFÉ", "reflections", "reﬂections", "ｃａｆｅ"] {
        finds(typed, 4);
    }
    let title = TITLES[4];
    let hit: String =
        Query::new("cafe\u{301}").positions(title, None).into_iter().filter_map(|at| title.chars().nth(at)).collect();
    assert_eq!(hit, "Café");
}

#[test]
fn regular_expressions_support_scripts_and_are_bounded() {
    let found = |typed: &str| {
        let mut places = Vec::new();
        let pattern = Pattern::new(typed).unwrap();
        pattern.find(TEXT, std::slice::from_ref(&(0..TEXT.len())), &|| false, |_, hits| {
            places.extend(hits.iter().map(|hit| TEXT[hit.clone()].to_owned()));
            std::ops::ControlFlow::Continue(())
        });
        places
    };
    assert_eq!(found("/\\p{Han}{9,}/"), ["本文研究苍鹭在浅水中的等待行为", "并提出一个简单的耐心模型"]);
    assert_eq!(found("/\\p{Lu}\\w+/"), ["Herons", "We"]);
    assert!(Pattern::new("/(\\w{1,100}x){1,100}/").is_err());
    // Of a query that is too long, only the first words are searched for.
    assert_eq!(found(&"herons ".repeat(2_000)).len(), 24);
}

#[test]
fn huge_pastes_are_handled_everywhere() {
    let log = format!("# todo\n\n- [ ] an item\n\n## 2031.5.17\n\n《{}》\n\n{TEXT}\n", TITLES[0]);
    for open in ["s", "S", ":", "2/", "3/", "3a", "L"] {
        let mut drive = Drive::new(&log, 100, 30);
        drive.keys(open);
        for text in [TEXT.repeat(20), "x".repeat(20_000), "a-b c ".repeat(5_000), "aaaa".repeat(5_000)] {
            drive.send(Message::Pasted(text));
        }
        drive.keys("<esc><esc>");
        assert!(drive.app.overlays.is_empty(), "after {open:?}");
        drive.sees("an item").keys("3x").sees("☑ an item");
    }
}
