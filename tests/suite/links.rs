//! Following links, searching in a page, copying and opening, by keys and clicks.

use papers_tui::app::{Effect, Message};
use papers_tui::log::aliases::Aliases;

use super::drive::Drive;

const LOG: &str = "\
## 2031.5.17

《Emus: A Model》

对比 Gnus，和 BLIP2；见 Owlet（[5036]）。See https://a.example/x and more about the gnus.

1. one more point
2. and a gnu

### Details

the end

《Gnus: Another》

builds on Emus and [5036]

## 2031.5.2

《Emus: A Model》

TBD

《BLIP-2: Things》

text
";

fn drive() -> Drive {
    Drive::new(LOG, 140, 42)
}

#[test]
fn mentions_are_followed_in_both_directions() {
    let mut drive = drive();
    drive.sees("mentions Gnus, BLIP-2").sees("mentioned by Gnus").sees("also on 2031.5.2");
    drive.keys("*").sees("Related papers").sees("mentioned by").sees("same title").keys("<enter>");
    drive.sees("builds on").keys("<c-o>").sees("one more point");
    drive.keys("<c-o>").sees("Nothing to go back to");
    drive.keys("2<enter>jj<enter>").sees("builds on").keys("<bs>").sees("one more point");
    drive.keys("sblip<enter>").sees("━ BLIP-2").keys("<c-o>").sees("one more point");
}

#[test]
fn a_mention_in_the_text_of_a_day_is_followed() {
    let mut drive =
        Drive::new("# 2031.5\n\nEmus, all of them\n\n## 2031.5.17\n\n《Emus: A Model》\n\n1. one\n", 140, 42);
    drive.sees("mentioned by 2031.5");
    drive.keys("*").sees("mentioned on").keys("<enter>").sees("all of them");
    drive.click("│ Emus,", 2).sees("1. one").keys("<c-o>").sees("all of them");
}

#[test]
fn a_click_on_a_name_follows_it() {
    drive().click("Gnus，", 1).sees("builds on").keys("*<esc>").sees("builds on");
}

#[test]
fn a_page_can_be_searched() {
    let mut drive = drive();
    drive.keys("2/gnu").sees("match 1/6").keys("<enter>n").sees("match 2/6").keys("nnnn").sees("match 6/6");
    drive.keys("n").sees("Continued from the top").sees("match 1/6").keys("N").sees("Continued from the bottom");
    drive.keys("<esc><esc>").sees_not("match ").keys("n").sees("No search yet");
    drive.keys("/GNU<enter>").sees("“GNU” is not in this summary");
    drive.keys("/more<esc>n").sees("No search yet");
    // The search continues on the next page.
    drive.keys("/Emus<enter>J").sees("builds on").sees("match 1/4");
}

#[test]
fn a_hit_can_span_a_line_break() {
    let mut drive = Drive::new("## 2031.5.17\n\n《Emu》\n\none two three four five six seven eight\n", 30, 12);
    drive.keys("2/five six").sees("match 1/1");
}

#[test]
fn named_references_show_their_title() {
    let mut drive = drive();
    drive.sees("[5036] possibly Owlet · also in Gnus").keys("=").sees("Which paper is [5036]? ─").sees("│ Owlet");
    drive.keys(" net<enter>").sees("[5036] is “Owlet net”");
    assert_eq!(drive.effects.last(), Some(&Effect::NameReference { id: "5036".into(), title: "Owlet net".into() }));
    let mut aliases = Aliases::default();
    aliases.name("5036", "Owlet: A Net");
    drive.send(Message::Named(aliases)).sees("[5036] Owlet: A Net · also in Gnus");
    drive.keys("jjj=").sees("no reference such as");
}

#[test]
fn addresses_are_confirmed_before_opening() {
    let mut drive = drive();
    drive.keys("o").sees("Open in another program").sees("https://a.example/x");
    assert!(!drive.effects.iter().any(|effect| matches!(effect, Effect::OpenUrl(_))));
    drive.keys("<enter>");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenUrl("https://a.example/x".into())));
    drive.keys("Jo").sees("no link or figure");
    drive.keys("p");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenPdf { file: 0, title: "Gnus: Another".into() }));
}

/// A suspicious address is shown in full with a warning, and only opened after confirmation.
#[test]
fn warnings_about_an_address_are_shown_before_opening() {
    let long = format!("https://a.example/{}end", "x/".repeat(200));
    let addresses = [
        ("mailto:a@b.example?subject=x&attach=/etc/passwd", "The mail also sets: attach"),
        ("https://g\u{43E}ogle.example/", "mixes Cyrillic and Latin letters"),
        (long.as_str(), "end"),
    ];
    for (address, said) in addresses {
        let mut drive = Drive::new(&format!("## 2031.5.17\n\n《Emu》\n\n[a]({address})\n"), 80, 40);
        drive.keys("o<enter>").sees("Open this address?").sees(said);
        let screen: String = drive.screen().chars().filter(|c| !c.is_whitespace() && *c != '│').collect();
        assert!(screen.contains(address), "{screen}");
        assert!(!drive.effects.iter().any(|effect| matches!(effect, Effect::OpenUrl(_))), "{address}");
        drive.keys("<enter>").sees_not("Open this address?").keys("o<enter>j<enter>");
        assert_eq!(drive.effects.last(), Some(&Effect::OpenUrl(address.into())));
    }
}

#[test]
fn titles_and_entries_are_copied() {
    let mut drive = drive();
    drive.keys("y").sees("Copied the title: Emus: A Model");
    assert_eq!(drive.effects.last(), Some(&Effect::Copy("Emus: A Model".into())));
    drive.keys("JY").sees("Copied all of Gnus: 3 lines");
    assert_eq!(drive.effects.last(), Some(&Effect::Copy("《Gnus: Another》\n\nbuilds on Emus and [5036]".into())));
    drive.keys("gy").sees("No paper here to copy");
}

#[test]
fn headings_are_listed() {
    let mut drive = Drive::new(LOG, 140, 8);
    drive.keys("#").sees("In this summary").sees("Details").keys("j<enter>").sees("the end");
}

#[test]
fn a_page_keeps_its_scroll_position_at_any_width() {
    let body: String = (1..=60).map(|number| format!("line number {number} of many words\n\n")).collect();
    let mut drive = Drive::new(&format!("## 2031.5.17\n\n《Emu》\n\n{body}《Gnu》\n\nx\n"), 140, 20);
    drive.keys("240j").sees("number 21").keys("J").sees_not("number 21").keys("K").sees("number 21");
    drive.send(Message::Resized(papers_tui::app::screen::layout::Size { width: 44, height: 18 })).sees("number 21");
    drive.send(Message::Resized(papers_tui::app::screen::layout::Size { width: 140, height: 20 })).sees("number 21");
}
