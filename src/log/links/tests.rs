use super::super::{Source, markup, parse};
use super::*;

fn log(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

const LOG: &str = "## 2031.5.17\n\n《Emu: A》\n\n对比BLIP-2，EMUS，和GAT；见 Owlet（[5036]）\n\n《BLIP2: B》\n\nemu, EmU and gat\n\n\
                   《GAT: C》\n\n[5036] and Emu in `Emu`\n\n《Emu: A》\n\nTBD\n";

#[track_caller]
fn check(of: &str, mentions: &[&str], mentioned_by: &[&str]) {
    let links = Links::find(&log(LOG));
    let key = Key(of.into());
    let names = |keys: &[Key]| keys.iter().map(|key| key.0.to_string()).collect::<Vec<_>>();
    assert_eq!(
        (names(links.mentions(&key)), names(links.mentioned_by(&key))),
        (
            mentions.iter().map(|it| (*it).to_owned()).collect(),
            mentioned_by.iter().map(|it| (*it).to_owned()).collect(),
        )
    );
}

#[test]
fn mentions_go_both_ways() {
    check("emu: a", &["blip2: b", "gat: c"], &["gat: c"]);
    check("blip2: b", &[], &["emu: a"]);
    check("gat: c", &["emu: a"], &["emu: a"]);
}

#[test]
fn a_name_with_a_version_is_another_one() {
    let links = Links::find(&log(
        "## 2031.5.17\n\n《Emu: A》\n\nx\n\n《Gnu: B》\n\nEmu-2, Emu.5 and Emus\n\n《Owl: C》\n\nEmu-50, Emu-7B; Emu-based; Emu. 2\n",
    ));
    assert_eq!(links.mentioned_by(&Key("emu: a".into())), [Key("owl: c".into())]);
}

#[test]
fn a_day_can_mention_in_its_own_text() {
    let text = "# 2031.6\n\nEmu again\n\n## 2031.6.1\n\nEmu and GAT first, then Emu\n\n《GAT: C》\n\n1\n\n# pending list\n\n\
                - [ ] Emu\n\n";
    let links = Links::find(&log(&format!("{text}{LOG}")));
    let headings = |key: &str| links.noted_in(&Key(key.into())).iter().map(|it| it.heading.clone()).collect::<Vec<_>>();
    assert_eq!(headings("emu: a"), ["2031.6", "2031.6.1"]);
    assert_eq!(headings("gat: c"), ["2031.6.1"]);
    assert_eq!(headings("blip2: b"), [""; 0]);
}

#[test]
fn the_key_of_a_twin_ends_in_its_number() {
    let of_emu = |key: &&str| is_twin(&Key((*key).into()), "emu");
    let keys = ["emu", "emu #2", "emu #12", "emu #", "emu #2a", "emu 2", "owl"];
    assert_eq!(keys.iter().copied().filter(of_emu).collect::<Vec<_>>(), keys[..3]);
}

#[test]
fn names_in_a_page_are_links() {
    let log = log(LOG);
    let entry = &log.entries[2];
    let mut blocks = markup::blocks(&log.files[0], entry.body(), &[]);
    Links::find(&log).mark(&mut blocks, 0, Some(&entry.key));
    let [Block::Paragraph(lines)] = blocks.as_slice() else { panic!("{blocks:?}") };
    let links: Vec<&str> = lines[0].text.iter().filter(|run| run.link.is_some()).map(|run| run.text.as_str()).collect();
    assert_eq!(links, ["[5036]", "Emu"]);
}

#[test]
fn footnotes_link_both_ways() {
    let day = |title: &str, body: &str| format!("《{title}》\n\n{body}\n\n");
    let other = format!("## 2031.5.16\n\n{}", day("Owls at Night", "see [the gnus](../log.md#gnus-at-rest)"));
    let text = format!(
        "## 2031.5.17\n\n{}{}{}",
        day("Emus at Work", "[[gnus at rest|the gnus]], [[Owls]], [[Yaks]], [day](#2031517), [x](y.png)"),
        day("Gnus at Rest", "[up](#here) [owls](notes/Owls.md) [no](no.md)"),
        day("Elks", "<a id=\"here\"></a> [[elks]]"),
    );
    let sources = [("log.md", text), ("notes/owls.md", other)];
    let log = parse::parse(sources.map(|(name, text)| Source { name: name.into(), text: text.into() }));
    let links = Links::find(&log);
    let led = |key: &str| {
        let entry = &log.entries[log.find(&Key(key.into())).expect(key)];
        let mut blocks = markup::body(&log, entry);
        links.mark(&mut blocks, entry.file(), Some(&entry.key));
        let [Block::Paragraph(lines)] = blocks.as_slice() else { panic!("{blocks:?}") };
        let runs = lines[0].text.iter().filter_map(|run| Some((run.text.clone(), run.link.clone()?)));
        runs.map(|(text, link)| match link {
            Link::Entry(key) => format!("{text}: {}", key.0),
            Link::Section(name) => format!("{text}: {}", name.heading),
            other => format!("{text}: {other:?}"),
        })
        .collect::<Vec<_>>()
    };
    let wanted = ["the gnus: gnus at rest", "Owls: owls at night", "day: 2031.5.17", "x: Url(\"y.png\")"];
    assert_eq!(led("emus at work"), wanted);
    assert_eq!(led("gnus at rest"), ["up: elks", "owls: owls at night", "no: Url(\"no.md\")"]);
    assert_eq!(led("owls at night"), ["the gnus: gnus at rest"]);
    let keys = |keys: &[Key]| keys.iter().map(|key| key.0.to_string()).collect::<Vec<_>>();
    assert_eq!(keys(links.mentioned_by(&Key("gnus at rest".into()))), ["emus at work", "owls at night"]);
    assert_eq!(keys(links.mentions(&Key("elks".into()))), [""; 0]);
}

#[test]
fn references_have_uses_and_a_guessed_title() {
    let links = Links::find(&log(LOG));
    assert_eq!(links.uses("5036").len(), 2);
    assert_eq!((links.guess("5036"), links.guess("1")), (Some("Owlet"), None));
}

#[test]
fn entries_with_the_same_title_are_linked() {
    let log = log(LOG);
    let twin = twins(&log, &log.entries[0]).map(|entry| entry.line()).collect::<Vec<_>>();
    let (first, more) = first_twins(&log, &log.entries[0], 12);
    assert_eq!((first.iter().map(|entry| entry.line()).collect::<Vec<_>>(), more), (twin.clone(), 0));
    assert_eq!(twin, [log.entries[3].line()]);
}

#[test]
fn the_first_of_many_duplicates_are_found_cheaply() {
    let day = |day: usize| format!("## 2031.5.{day}\n\n《Emu》\n\nx\n\n");
    let text: String = (1..=30).rev().map(day).collect();
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    for entry in &log.entries {
        let (first, more) = first_twins(&log, entry, 12);
        // The oldest ones, which are at the end of the file.
        let mut wanted: Vec<&Entry> = twins(&log, entry).collect();
        wanted.drain(..17);
        assert_eq!((first, more), (wanted, 17));
    }
    let alone = parse::parse([Source { name: "log.md".into(), text: day(1).into() }]);
    assert_eq!(first_twins(&alone, &alone.entries[0], 12), (Vec::new(), 0));
}
