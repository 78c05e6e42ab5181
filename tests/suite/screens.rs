//! Screens of the sample at the sizes that matter.

use insta::assert_snapshot;
use papers_tui::io::sample;

use super::drive::Drive;

const SIZES: [(u16, u16); 3] = [(140, 42), (80, 24), (44, 18)];

/// The screens at all sizes after some keys.
fn screens(keys: &str) -> String {
    let screen = |(width, height)| {
        let screen = Drive::new(sample::TEXT, width, height).keys(keys).screen();
        format!("--- {width}×{height}\n{screen}")
    };
    SIZES.map(screen).join("\n")
}

#[test]
fn start() {
    assert_snapshot!(screens(""));
}

#[test]
fn checklist() {
    assert_snapshot!(screens("3jjx"));
}

#[test]
fn finder() {
    assert_snapshot!(screens("sattn"));
}

#[test]
fn help() {
    assert_snapshot!(screens("?"));
}

#[test]
fn long_page() {
    assert_snapshot!(screens("sflashattention<enter>d"));
}

#[test]
fn month() {
    assert_snapshot!(screens("g2"));
}
