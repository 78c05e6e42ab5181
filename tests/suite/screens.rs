//! Screens of the sample at the sizes that matter.

use insta::assert_snapshot;
use papers_tui::io::sample;

use super::drive::Drive;

/// The narrowest size; `languages` has the same screens at larger ones.
const NARROW: (u16, u16) = (44, 18);

fn screen(keys: &str, (width, height): (u16, u16)) -> String {
    let screen = Drive::new(sample::TEXT, width, height).keys(keys).screen();
    format!("--- {width}×{height}\n{screen}")
}

/// The screens at all sizes after some keys.
fn screens(keys: &str) -> String {
    [(140, 42), (80, 24), NARROW].map(|size| screen(keys, size)).join("\n")
}

#[test]
fn start() {
    assert_snapshot!(screens(""));
}

#[test]
fn narrow_checklist() {
    assert_snapshot!(screen("3jjx", NARROW));
}

#[test]
fn finder() {
    assert_snapshot!(screens("sattn"));
}

#[test]
fn narrow_help() {
    assert_snapshot!(screen("?", NARROW));
}

#[test]
fn long_page() {
    assert_snapshot!(screens("sflashattention<enter>d"));
}

#[test]
fn month() {
    assert_snapshot!(screens("g2"));
}
