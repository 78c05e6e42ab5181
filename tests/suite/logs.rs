//! Switching to another log, and large logs that are still loading.

use papers_tui::app::logs::list::{ListedLog, LogSource, LogState};
use papers_tui::app::{App, Effect, Message};

use super::drive::{Drive, same};

const LOG: &str = "\
# todo

- [ ] Elk
- [ ] Owl

# 2031.5

## 2031.5.17

《Emu: A Model》

one

《Gnu》

two

- [ ] try it

# 2031.4

## 2031.4.30

《Yak》

three
";

fn files(path: &str) -> LogSource {
    LogSource::Files(vec![path.into()])
}

fn offer(path: &str, state: LogState) -> ListedLog {
    let (folder, name) = path.rsplit_once('/').unwrap();
    ListedLog { source: files(path), name: name.into(), folder: folder.into(), state }
}

fn offers() -> Vec<ListedLog> {
    vec![
        offer("~/notes/log.md", LogState::Open),
        offer("~/thesis/reading.md", LogState::Used),
        offer("~/old/README.md", LogState::Missing),
        offer("~/notes/大模型.md", LogState::Here),
    ]
}

/// Opens the list of logs.
fn choosing() -> Drive {
    let mut drive = Drive::new(LOG, 80, 24);
    drive.keys("B").sees("Looking…");
    assert_eq!(drive.effects, [Effect::ListLogs]);
    drive.effects.clear();
    drive.send(Message::LogsFound(offers())).sees("Open another log");
    drive
}

#[test]
fn the_list_of_logs_can_be_filtered() {
    let mut drive = choosing();
    insta::assert_snapshot!(drive.screen());
    drive.keys("thre").sees("reading.md").sees_not("README").sees_not("大模型");
    drive.keys("<c-u>大").sees("大模型").sees_not("reading.md");
    drive.keys("qzx").sees("No matching log.").keys("<enter>");
    assert_eq!(drive.effects, []);
    drive.keys("<esc>").sees("─ Emu ─").sees_not("another log");
    assert_eq!(drive.effects, []);
}

#[test]
fn the_old_log_stays_until_the_new_one_is_read() {
    let mut drive = choosing();
    drive.keys("<enter>").sees("Opening reading.md…").sees("~/thesis");
    assert_eq!(drive.effects, [Effect::OpenLog(files("~/thesis/reading.md"))]);
    // Only the first Enter opens the log, and keys typed meanwhile are dropped.
    drive.keys("<enter>x").sees_not("› x");
    assert_eq!(drive.effects.len(), 1);
    drive.send(Message::LogRead);
    assert_eq!(drive.effects.last(), Some(&Effect::SwitchLog));
}

#[test]
fn an_unreadable_log_is_reported_and_another_can_be_chosen() {
    let mut drive = choosing();
    drive.keys("<down><enter>").send(Message::LogUnread(same("README.md: no such file")));
    drive.sees("! README.md: no such file").sees("Open another log");
    drive.keys("<up><enter>");
    let asked = [Effect::OpenLog(files("~/old/README.md")), Effect::OpenLog(files("~/thesis/reading.md"))];
    assert_eq!(drive.effects, asked);
    drive.keys("<esc>").sees("Emu: A Model").keys("3x").sees("☑ Elk");
    assert_eq!(drive.disk, LOG.replace("[ ] Elk", "[x] Elk"));
}

#[test]
fn leaving_the_list_cancels_the_switch() {
    for late in [Message::LogRead, Message::LogUnread(same("gone")), Message::LogsFound(offers())] {
        let mut drive = choosing();
        drive.keys("<enter><esc>");
        drive.effects.clear();
        drive.send(late).sees("Emu: A Model").sees_not("gone");
        assert_eq!(drive.effects, []);
        // A late answer does not affect the next list either.
        drive.keys("B").send(Message::LogRead);
        assert_eq!(drive.effects, [Effect::ListLogs]);
    }
}

#[test]
fn choosing_the_open_log_only_closes_the_list() {
    let mut drive = choosing();
    drive.keys("<up><enter>").sees("─ Emu ─").sees_not("another log");
    assert_eq!(drive.effects, []);
}

#[test]
fn changes_are_saved_before_switching_logs() {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.hold().keys("3xjx<a-o>").send(Message::LogsFound(offers())).keys("<enter>").send(Message::LogRead);
    drive.sees("Saving your changes first…");
    assert!(!drive.effects.contains(&Effect::SwitchLog), "{:?}", drive.effects);
    drive.release();
    assert_eq!(drive.disk, LOG.replace("- [ ] Elk\n- [ ] Owl", "- [x] Elk\n- [x] Owl"));
    assert_eq!(drive.effects.last(), Some(&Effect::SwitchLog));
}

#[test]
fn a_refused_change_cancels_the_switch() {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.hold().keys("3xB").send(Message::LogsFound(offers())).keys("<enter>").send(Message::LogRead);
    drive.disk = drive.disk.replace("- [ ] Elk\n", "");
    drive.release().sees("! “Elk” is no longer in the log").sees("Open another log");
    assert!(!drive.effects.contains(&Effect::SwitchLog), "{:?}", drive.effects);
    // The log can be chosen again.
    drive.keys("<enter>").send(Message::LogRead);
    assert_eq!(drive.effects.last(), Some(&Effect::SwitchLog));
}

#[test]
fn a_click_chooses_a_log() {
    let mut drive = choosing();
    drive.click("大模型", 0).click("大模型", 0);
    assert_eq!(drive.effects, [Effect::OpenLog(files("~/notes/大模型.md"))]);
    let mut drive = choosing();
    drive.click("Timeline", 0).sees("─ Emu ─").sees_not("another log");
}

/// The program before it has a log.
fn at_the_start(width: u16, height: u16) -> Drive {
    let mut drive = Drive::new("", width, height);
    drive.app = App::new(papers_tui::log::Log::default(), drive.app.size, None);
    drive.send(Message::Asked(papers_tui::app::keys::action::Action::ListLogs));
    assert_eq!(std::mem::take(&mut drive.effects), [Effect::ListLogs]);
    let sample =
        ListedLog { source: LogSource::Sample, name: String::new(), folder: String::new(), state: LogState::Used };
    let used = offer("~/thesis/reading.md", LogState::Used);
    drive.send(Message::LogsFound(vec![used, sample]));
    drive
}

#[test]
fn a_log_is_chosen_at_the_start() {
    let mut drive = at_the_start(80, 24);
    insta::assert_snapshot!(drive.screen());
    drive.keys("q").sees("› q").keys("<bs><down><enter>");
    assert_eq!(drive.effects, [Effect::OpenLog(LogSource::Sample)]);
    for leaves in ["<esc>", "<c-c>"] {
        let mut drive = at_the_start(140, 42);
        drive.keys(leaves);
        assert_eq!(drive.effects, [Effect::Quit], "{leaves}");
    }
    let mut drive = at_the_start(140, 42);
    drive.send(Message::Mouse { at: (0, 0), kind: papers_tui::app::MouseKind::Press });
    assert_eq!(drive.effects, [Effect::Quit]);
}

/// The program while a log loads: only its start is shown, and a saved session may wait.
fn loading(beginning: &str, left: Option<&Drive>) -> Drive {
    let mut drive = Drive::unlinked(beginning, 140, 42);
    drive.app.begin(left.map(|left| left.app.session()));
    drive
}

fn whole(drive: &mut Drive, text: &str) {
    let all = Drive::unlinked(text, 140, 42).app.log;
    drive.disk = text.to_owned();
    drive.send(Message::Whole(Box::new(std::sync::Arc::into_inner(all).unwrap())));
}

fn beginning() -> &'static str {
    LOG.split_once("《Gnu》").unwrap().0
}

#[test]
fn slow_loading_shows_progress() {
    let mut drive = loading(beginning(), None);
    drive.sees("Emu: A Model").sees_not("loading").sees_not("papers ·");
    drive.send(Message::Reading { done: 42, all: 100 }).sees("loading █████░░░░░░░ 42%");
    drive.send(Message::Reading { done: 100, all: 100 }).sees("loading ███████████░ 99%");
    drive.keys("L").sees("读取 ███████████░ 99%");
    whole(&mut drive, LOG);
    drive.sees_not("读取").sees("3 篇论文").keys("L").sees("3 papers · 2 days");
    // Late progress is ignored.
    drive.send(Message::Reading { done: 1, all: 100 }).sees_not("loading");
}

#[test]
fn a_partly_loaded_log_is_not_changed() {
    let mut drive = loading(beginning(), None);
    drive.send(Message::Reading { done: 1, all: 2 });
    for keys in
        ["3x", "3 ", "3a", "3A", "3E", "3X", "3m", "3>", "3<a-j>", "1N", "U", "<c-r>", "e", "r", "!", "v", "@", "="]
    {
        drive.keys(keys).sees("The log is still loading (50%)");
        drive.keys("<esc>");
    }
    for keys in ["s", "<c-f>", "c", "S", "w", "W", "C", "*", "3/", "3O"] {
        drive.keys(keys).sees("The log is still loading (50%)").keys("<esc>");
    }
    drive.click("☐ Elk", 0).sees("☐ Elk").sees("The log is still loading");
    drive.keys(":tick or untick<enter>").sees("The log is still loading").sees("☐ Elk");
    let is_news = |effect: &Effect| matches!(effect, Effect::SetAlarm { .. } | Effect::ShowFigures(_));
    assert!(drive.effects.iter().all(is_news), "{:?}", drive.effects);
    assert_eq!(drive.disk, beginning());
    whole(&mut drive, LOG);
    drive.sees_not("still loading").keys("3ggx").sees("☑ Elk");
    assert_eq!(drive.disk, LOG.replace("[ ] Elk", "[x] Elk"));
}

#[test]
fn a_log_can_be_read_while_it_loads() {
    let mut drive = loading(beginning(), None);
    drive.send(Message::Reading { done: 1, all: 2 });
    drive.keys("gg").sees("1 entry · 1 day").keys("j").sees("Emu: A Model").keys("2/one<enter>").sees("match 1/1");
    whole(&mut drive, &LOG.replacen("## 2031.5.17", "## 2031.5.18\n\n《New》\n\nx\n\n## 2031.5.17", 1));
    drive.sees("━ Emu ━").sees("match 1/1").sees("Gnu").sees("4 papers");
}

#[test]
fn an_untouched_log_reopens_at_its_position_after_loading() {
    let mut left = Drive::new(LOG, 140, 42);
    left.keys("3j1JJ2");
    let mut drive = loading(beginning(), Some(&left));
    drive.sees("Emu: A Model");
    whole(&mut drive, LOG);
    assert_eq!(drive.screen(), left.screen());
    // After a key, the cursor stays where it is.
    let mut drive = loading(beginning(), Some(&left));
    drive.send(Message::Reading { done: 1, all: 2 }).keys("1K");
    let place = drive.app.timeline.place(&drive.app.log);
    whole(&mut drive, LOG);
    assert_eq!(drive.app.timeline.place(&drive.app.log), place);
}

#[test]
fn keys_typed_while_loading_briefly_are_kept() {
    let mut left = Drive::new(LOG, 140, 42);
    left.keys("3j1");
    let mut drive = loading(beginning(), Some(&left));
    drive.keys("3xsyak").sees("☐ Owl").sees_not("› ");
    assert_eq!(drive.effects, []);
    whole(&mut drive, LOG);
    drive.sees("› yak").keys("<enter>").sees("☑ Owl").sees("━ Yak ━");
    assert_eq!(drive.disk, LOG.replace("[ ] Owl", "[x] Owl"));
    // If loading takes long, changes are refused with a message.
    let mut drive = loading(beginning(), Some(&left));
    drive
        .keys("jx")
        .send(Message::Reading { done: 1, all: 2 })
        .keys("3x")
        .sees("The log is still loading")
        .sees("☐ Elk");
    // Quitting does not need a log.
    for key in ["q", "<c-c>"] {
        let mut drive = loading(beginning(), None);
        drive.keys(key);
        assert_eq!(drive.effects, [Effect::Quit]);
    }
}

#[test]
fn the_newest_entry_is_selected_after_loading_an_oldest_first_log() {
    let mut drive = loading("## 2031.4.30\n\n《Yak》\n\nthree\n", None);
    drive.sees("━ Timeline").sees("three");
    whole(&mut drive, "## 2031.4.30\n\n《Yak》\n\nthree\n\n## 2031.5.17\n\n《Emu》\n\none\n");
    drive.sees("one").sees_not("three");
}
