//! Additions to a log do not change how it is read.

use papers_tui::log::{Source, parse};

fn titles(text: &str) -> Vec<String> {
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    log.entries.into_iter().map(|entry| entry.title.into()).collect()
}

#[test]
fn a_pending_list_does_not_affect_the_form_of_titles() {
    let herds = ["Emus", "Owls", "Gnus", "Elks", "Apes", "Bears", "Yaks", "Newts"];
    let papers =
        herds.iter().flat_map(|herd| herds.iter().map(move |other| format!("- [ ] {herd} and {other}: a Study\n")));
    let papers: Vec<String> = papers.take(24).collect();
    let text = format!("# Things\n\n### Birds\n\n{}\n### Herds\n\n{}", papers[..12].concat(), papers[12..].concat());
    let known = titles(&text);
    assert_eq!(known.len(), 24);
    assert_eq!(titles(&format!("{text}\n# pending list\n\n- [ ] Ape\n")), known);
}
