//! Filters of the finder: unknown values are reported, an organisation has many spellings, and a research topic finds
//! as many entries as the statistics count.

use std::sync::Arc;

use papers_tui::log::topics::ConfiguredTopics;
use papers_tui::search::{Catalogue, Query, SearchItem, SearchSession};
use papers_tui::words::Language;

use super::drive::Drive;

const LOG: &str = "\
# todo

领域主线：

1. 大模型（NLP, CV)
2. 搜广推（+智能运营)

- [ ] Elk

# 2031.5

## 2031.5.17

《Emu: A Model》

2031.4 Google 的一篇文章，要点：NLP 的模型

《Gnu: Another》

2031.4 谷歌的一篇文章，CTR 预估

《Yak: One More》

2031.3 清华的一篇文章，广告和推荐
";

fn drive() -> Drive {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.app.topics =
        Arc::new(ConfiguredTopics::from([("搜广推".to_owned(), ["推荐", "广告", "CTR"].map(str::to_owned).to_vec())]));
    drive
}

/// The short names in the finder's list.
fn found(keys: &str) -> Vec<String> {
    let mut drive = drive();
    drive.keys("s").keys(keys);
    let hits = &drive.app.finder().unwrap().results.hits;
    hits.iter().map(|hit| drive.app.log.entries[hit.item].name().to_owned()).collect()
}

#[test]
fn an_invalid_filter_is_named_under_the_query() {
    for (keys, named) in [
        ("has:xyz", "“has:xyz” is not a filter; “has:” takes figures, pdf"),
        ("is:xyz", "“is:xyz” is not a filter; “is:” takes due, new, unreviewed, unread, draft, note, paper"),
        ("sort:xyz", "“sort:xyz” is not a filter; “sort:” takes date, published, title"),
        ("date:lastmonths", "“lastmonths” is not a date; dates are written 2023.11"),
        ("date:2031.13", "“2031.13” is not a date"),
        ("org:xyz", "no paper in this log is by “xyz”"),
        ("topic:xyz", "no research topic matches “xyz”; available: 大模型（NLP, CV), 搜广推"),
    ] {
        for keys in [keys.to_owned(), format!("{keys} "), format!("{keys} emu")] {
            assert_eq!(found(&keys), [""; 0], "{keys}");
            // The message appears once, and wraps.
            let screen = drive().keys("s").keys(&keys).screen();
            let begin: String = named.chars().take(24).collect();
            assert_eq!(screen.matches(&begin).count(), 1, "{screen}");
        }
        let mut chinese = drive();
        chinese.app.set_language(Language::Chinese);
        chinese.keys("s").keys(keys).sees_not(named).sees("“");
    }
    let mut none = Drive::new("## 2031.5.17\n\n《Emu》\n", 80, 24);
    none.keys("stopic:xyz").sees("this log has no research topics");
}

#[test]
fn an_unfinished_filter_is_not_an_error() {
    for keys in [
        "has:",
        "has:fig",
        "is:d",
        "date:20",
        "date:last",
        "date:last m",
        "date:lastm",
        "date:2031.",
        "排序:日",
        "org:",
        "sort:pub",
    ] {
        assert_eq!(found(keys).len(), 3, "{keys}");
        drive().keys("s").keys(keys).sees_not("is not a filter").sees_not("is not a date").sees_not("no paper");
    }
    assert_eq!(found("date:lastmonth"), [""; 0]);
    drive().keys("sdate:lastmonth").sees("No paper matches these filters").sees_not("is not a date");
}

#[test]
fn an_organisation_is_found_by_any_of_its_names() {
    for typed in ["Google", "google", "谷歌", "guge", "goog", "GOOGLE", "oogle"] {
        assert_eq!(found(&format!("org:{typed}")), ["Emu", "Gnu"], "{typed}");
    }
    for typed in ["Tsinghua", "清华", "qinghua", "tsing"] {
        assert_eq!(found(&format!("org:{typed}")), ["Yak"], "{typed}");
    }
    assert_eq!(found("机构：谷歌 "), ["Emu", "Gnu"]);
}

#[test]
fn a_topic_finds_the_entries_it_counts() {
    assert_eq!(found("topic:搜广推"), ["Gnu", "Yak"]);
    assert_eq!(found("topic:ctr"), ["Gnu", "Yak"]);
    assert_eq!(found("topic:智能运营"), ["Gnu", "Yak"]);
    assert_eq!(found("topic:大模型"), ["Emu"]);
    let drive = drive();
    let topics = papers_tui::log::topics::find(&drive.app.log, &drive.app.topics);
    let counts: Vec<(&str, usize)> = topics.iter().map(|topic| (topic.name.as_str(), topic.entries.len())).collect();
    assert_eq!(counts, [("大模型（NLP, CV)", 1), ("搜广推（+智能运营)", 2)], "one topic, not two");
}

/// Every research topic of a real log finds as many entries as the statistics count.
#[test]
fn each_topic_of_the_real_log_finds_the_entries_it_counts() {
    let Some(log) = super::real_log::log() else { return };
    let topics = papers_tui::log::topics::find(&log, &ConfiguredTopics::new());
    for topic in topics {
        let mut drive = Drive::new(&log.files[0].text, 140, 42);
        drive.keys(&format!("stopic:{}", topic.words[0].split(' ').next().unwrap()));
        let hits = drive.app.finder().unwrap().results.hits.len();
        assert_eq!(hits, topic.entries.len(), "{}", topic.name);
    }
}

#[test]
fn an_empty_result_suggests_what_to_change() {
    drive().keys("swriter:hinton").sees("“writer:” is not a filter; try date: has: is:");
    drive().keys("szzzqqq").sees("No title or summary matches. Try fewer");
    drive().keys("shas:figures ").sees("No paper matches these filters. Press Backspace");
    drive().keys("sorg:google zzzqqq").sees("No paper with these filters matches");
    // A title with a colon is not a filter.
    drive().keys("sEmu: A").sees("1/1").sees_not("is not a filter");
}

#[test]
fn pinyin_initials_do_not_cross_punctuation() {
    let finds = |text: &str, typed: &str| {
        let item = SearchItem { title: text, name: None, organisations: Vec::new(), body: None, recency: 0 };
        let mut session = SearchSession::new(Arc::new(Catalogue::new([item])));
        let results = session.search(&Query::new(typed), &[], &|| false, |_| {}).unwrap();
        results.hits.iter().any(|hit| !results.is_relaxed(hit))
    };
    for sign in ["，", "。", "、", "；", "：", "！", "？", ",", ". ", "…"] {
        assert!(!finds(&format!("数据处理{sign}p 值"), "clip"), "{sign}");
        assert!(!finds(&format!("gpt{sign}推荐"), "gpttj"), "{sign}");
    }
    // Brackets and spaces do not separate clauses.
    assert!(finds("大模型（LLM）综述", "dmxllm") && finds("大模型 LLM", "dmxllm") && finds("处理p", "clip"));
}
