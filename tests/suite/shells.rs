//! Completion in the installed shells: Tab inserts words of the log.

use std::path::Path;
use std::process::{Command, Stdio};

use super::terminal::Run;

const LOG: &str = "# todo\n\n- [ ] Let's: see (it)\n- [ ] 高效 attention\n\n## 2031.5.17\n\n《Gnu: A Model》\n\nx\n\n《Yak: Two Words》\n\nx\n";

/// A shell with completion in a folder with a log; `None` if it is not installed.
fn shell(arguments: &[&str], setup: &str) -> Option<(tempfile::TempDir, Run)> {
    let mut trial = Command::new(arguments[0]);
    trial.args(["-c", "exit 0"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if !trial.status().is_ok_and(|status| status.success()) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.md"), LOG).unwrap();
    let script = "export PATH=\"${0%/*}:$PATH\" TERM=dumb; exec \"$@\"";
    let words: Vec<&str> =
        ["-c", script, env!("CARGO_BIN_EXE_papers-tui")].into_iter().chain(arguments.iter().copied()).collect();
    let mut run = Run::start_in(Path::new("sh"), &words, folder.path(), (24, 120));
    // The quotes keep the echoed command line from matching.
    run.types(&format!("{setup}; echo re''ady\n")).sees("ready");
    Some((folder, run))
}

#[track_caller]
fn completes(run: &mut Run, line: &str, wanted: &str) {
    run.types(line).types("\t").sees(wanted).types("\x15");
}

/// Checks lines as bash and zsh complete them.
fn completes_with_backslashes(run: &mut Run) {
    completes(run, "papers-tui sta", "papers-tui stats ");
    completes(run, "papers-tui show gn", r"papers-tui show Gnu:\ A\ Model ");
    completes(run, "papers-tui show Yak:", r"papers-tui show Yak:\ Two\ Words ");
    completes(run, r"papers-tui show Gnu:\ A", r"papers-tui show Gnu:\ A\ Model ");
    completes(run, "papers-tui show \"Yak: T", "papers-tui show \"Yak: Two Words\" ");
    completes(run, "papers-tui tick Let", r"papers-tui tick Let\'s:\ see\ \(it\) ");
    completes(run, "papers-tui log x --from 高", r"papers-tui log x --from 高效\ attention ");
    completes(run, "papers-tui list --log=lo", "papers-tui list --log=log.md ");
}

#[test]
fn bash_completes_titles_and_items() {
    let setup = "PS1='$ '; bind 'set bell-style none'; source <(papers-tui completions bash)";
    if let Some((_folder, mut run)) = shell(&["bash", "--norc", "--noprofile", "-i"], setup) {
        completes_with_backslashes(&mut run);
    }
}

#[test]
fn zsh_completes_titles_and_items() {
    let setup = "PS1='$ '; autoload -U compinit && compinit -u; source <(papers-tui completions zsh)";
    if let Some((_folder, mut run)) = shell(&["zsh", "-f", "-i"], setup) {
        completes_with_backslashes(&mut run);
    }
}

#[test]
fn completion_uses_the_log_and_settings_on_the_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    std::fs::write(folder.path().join("deep/log.md"), LOG).unwrap();
    std::fs::write(folder.path().join("own.toml"), "logs = [\"deep/log.md\"]\n").unwrap();
    let ask = |shell: &str, words: &[&str]| {
        let mut command = super::cli::program(folder.path());
        command.env("PAPERS_TUI_COMPLETE", shell).env("_CLAP_IFS", "\n");
        command.env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
        let output = command.arg("--").args(words).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for place in [["--log", "deep/log.md"], ["--config", "own.toml"]] {
        let words = ["papers-tui", "show", place[0], place[1], "gnu"];
        assert_eq!(ask("elvish", &words), "Gnu: A Model", "{place:?}");
        assert_eq!(ask("bash", &words), r"Gnu:\ A\ Model", "{place:?}");
    }
    assert_eq!(ask("bash", &["papers-tui", "tick", "--log", "deep/log.md", "\"Let"]), "Let's: see (it)");
    assert_eq!(ask("bash", &["papers-tui", "tick", "--log", "deep/log.md", "'Let"]), r"Let'\''s: see (it)");
}
