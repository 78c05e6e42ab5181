//! Deeply nested text never overflows the stack, and none of it is lost.

use papers_tui::log::{Source, markup, parse};

use super::cli::program;
use super::drive::Drive;

/// Bodies nested to this depth in every way, each with the word “innermost” inside.
fn bodies(levels: usize) -> Vec<String> {
    let nested = |open: &str| format!("{}innermost\n", open.repeat(levels));
    let stairs = |marker: &str, step: usize| {
        let line = |level: usize| format!("{}{marker}level\n", " ".repeat(level * step));
        // Each line is indented further, so fewer levels keep the text small.
        (0..levels.min(1_000)).map(line).collect::<String>() + "\ninnermost\n"
    };
    let mut bodies: Vec<String> =
        ["> ", ">", "- ", "* ", "1. ", "> - ", "- > 1. ", "*", "**_", "[", "![", "<b>", "(", "~~a "]
            .map(nested)
            .to_vec();
    bodies.extend([stairs("- ", 2), stairs("1. ", 3), stairs("- [ ] ", 2)]);
    bodies.push(format!("{}innermost{}\n", "[".repeat(levels), "](a)".repeat(levels)));
    bodies.push(format!("x[^1]\n\n[^1]: {}innermost\n", "> ".repeat(levels)));
    bodies
}

fn log(body: &str) -> String {
    format!("## 2031.5.17\n\n《Emu》\n\n{body}")
}

/// Runs on a stack of 1 MiB, half of what the program's threads have.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn deep_nesting_does_not_overflow_the_stack_of_a_page() {
    for body in bodies(20_000) {
        on_small_stack(move || {
            let log = parse::parse([Source { name: String::new(), text: log(&body).into() }]);
            let entry = &log.entries[0];
            let blocks = markup::blocks(&log.files[0], entry.body(), &entry.figures);
            assert_eq!(blocks.clone(), blocks);
        });
    }
}

#[test]
fn text_nested_too_deeply_is_shown_as_source() {
    for body in bodies(100) {
        let drive = Drive::new(&log(&body), 120, 30);
        let shown: String = drive.app.reader.lines.iter().map(|line| line.text()).collect();
        let letters: String = shown.chars().filter(|c| c.is_alphabetic()).collect();
        assert!(letters.contains("innermost"), "{body:.60}");
    }
    // Realistic nesting is shown normally.
    Drive::new(&log(&format!("{}innermost\n", "> ".repeat(8))), 120, 30).sees("│ │ │ │ │ │ │ │ innermost");
}

#[test]
fn deep_nesting_does_not_crash_a_command() {
    let dir = tempfile::tempdir().unwrap();
    for body in bodies(20_000) {
        std::fs::write(dir.path().join("log.md"), log(&body)).unwrap();
        for arguments in [&["show", "--all"][..], &["export", "--format", "html"], &["check"]] {
            let output = program(dir.path()).args(arguments).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {said} {:.40}", body);
        }
    }
}

#[test]
fn the_checkbox_of_a_quoted_task_follows_the_bar() {
    let text = log("> - [ ] check\n> - [x] done\n\n- > - [ ] inner\n");
    let mut drive = Drive::new(&text, 120, 30);
    drive.sees("│ ☐ check").sees("│ ☑ done").sees("│ ☐ inner");
    drive.click("☐ check", 0).sees("│ ☑ check");
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("log.md"), text).unwrap();
    let output = program(dir.path()).args(["show", "--all"]).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("│ ☐ check\n│ ☑ done\n") && shown.contains("│ ☐ inner"), "{shown}");
}
