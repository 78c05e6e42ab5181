//! Drives the program as text: a log and keys in; screen, bytes and effects out.

use papers_tui::app::finding::request::{SearchRequest, Searcher};
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{App, Effect, Message, MouseKind};
use papers_tui::log::edit::{Intent, revise};
use papers_tui::log::links::Links;
use papers_tui::log::parse::offer;
use papers_tui::log::{Source, parse};
use papers_tui::ui;
use papers_tui::ui::pictures::{NoPictures, ReadyPictures};
use papers_tui::ui::theme::Theme;
use papers_tui::words::{Say, Sentence};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The program with an in-memory file instead of a disk.
pub struct Drive {
    pub app: App,
    /// The text of the log file.
    pub disk: String,
    /// All effects so far, except those that are carried out here.
    pub effects: Vec<Effect>,
    /// Saves that wait while the disk is held.
    waiting: Vec<Effect>,
    held: bool,
    searcher: Searcher,
    /// Search requests that wait while `holds_searches` is set.
    pub questions: Vec<SearchRequest>,
    pub holds_searches: bool,
}

impl Drive {
    pub fn new(text: &str, width: u16, height: u16) -> Self {
        let mut drive = Self::unlinked(text, width, height);
        let links = Links::find(&drive.app.log);
        _ = drive.app.update(Message::Linked(Box::new(links)));
        drive
    }

    /// Right after the start, before the links between entries are known.
    pub fn unlinked(text: &str, width: u16, height: u16) -> Self {
        Self { disk: text.to_owned(), ..Self::of(read(text), width, height) }
    }

    /// With a log that is not on disk.
    pub fn of(log: papers_tui::log::Log, width: u16, height: u16) -> Self {
        Self {
            app: App::new(log, Size { width, height }, None),
            disk: String::new(),
            effects: Vec::new(),
            waiting: Vec::new(),
            held: false,
            searcher: Searcher::default(),
            questions: Vec::new(),
            holds_searches: false,
        }
    }

    /// Types keys such as `jjs<enter>`: chars, and names in angle brackets.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in typed(keys) {
            self.send(Message::Key(key));
        }
        self
    }

    pub fn send(&mut self, message: Message) -> &mut Self {
        let mut now = Vec::new();
        for effect in self.app.update(message) {
            match effect {
                Effect::Save { .. } if self.held => self.waiting.push(effect),
                Effect::Search(ask) if self.holds_searches => self.questions.push(ask),
                Effect::Save { .. } | Effect::Search(_) | Effect::Point { .. } | Effect::Correct { .. } => {
                    now.push(effect)
                }
                other => self.effects.push(other),
            }
        }
        // These send messages with effects of their own, so they come after the other effects.
        for effect in now {
            match effect {
                Effect::Search(ask) => self.answer(&ask),
                Effect::Point { file, line } => {
                    let log = &self.app.log;
                    let offers =
                        line.map_or_else(|| Ok(offer::known(log, file)), |line| offer::offers(log, file, line));
                    self.send(Message::Pointed(offers));
                }
                Effect::Correct { change, said } => {
                    let log = offer::changed(&self.app.log, &change);
                    self.send(Message::Corrected(Box::new(log), said));
                }
                save => self.save(save),
            }
        }
        self
    }

    /// Clicks `further` columns to the right of the start of a text on the screen.
    pub fn click(&mut self, text: &str, further: i32) -> &mut Self {
        let screen = self.screen();
        let found = screen.lines().zip(0..).find_map(|(line, row)| {
            let at = line.find(text)?;
            Some((i32::try_from(papers_tui::text::width(&line[..at])).unwrap(), row))
        });
        let (column, row) = found.unwrap_or_else(|| panic!("no {text:?} on\n{screen}"));
        let at = (u16::try_from(column + further).unwrap(), row);
        self.send(Message::Mouse { at, kind: MouseKind::Press })
    }

    /// Another program changes the file, and the change is read and drawn.
    pub fn outside(&mut self, from: &str, to: &str) -> &mut Self {
        self.outside_unseen(from, to);
        self.app.drawn();
        self
    }

    /// Like [`Drive::outside`], but the change is not drawn yet.
    pub fn outside_unseen(&mut self, from: &str, to: &str) -> &mut Self {
        self.disk = self.disk.replace(from, to);
        let log = read(&self.disk);
        let links = Links::find(&log);
        self.send(Message::Loaded(Box::new(log))).send(Message::Linked(Box::new(links)))
    }

    /// Holds saves back until [`Drive::release`].
    pub fn hold(&mut self) -> &mut Self {
        self.held = true;
        self
    }

    /// Carries out the saves that waited.
    pub fn release(&mut self) -> &mut Self {
        self.held = false;
        for effect in std::mem::take(&mut self.waiting) {
            self.save(effect);
        }
        self
    }

    /// Searches like the worker does.
    pub fn answer(&mut self, ask: &SearchRequest) {
        let mut messages = Vec::new();
        let generation = ask.generation;
        self.searcher.answer(ask, &|| false, |found| messages.push(Message::Found { generation, found }));
        for message in messages {
            self.send(message);
        }
    }

    /// Saves like the worker does, without a disk.
    fn save(&mut self, effect: Effect) {
        let Effect::Save { id, intent, .. } = effect else { return };
        match revise(&self.disk, &[intent]) {
            Ok(revised) => {
                self.disk = revised.unwrap_or_else(|| self.disk.clone());
                self.send(Message::Saved(id));
            }
            Err(refusal) => {
                self.send(Message::Refused(id, refusal.sentence()));
                let log = read(&self.disk);
                self.send(Message::Loaded(Box::new(log)));
            }
        }
    }

    /// The screen as text, without the second cells of wide chars.
    pub fn screen(&self) -> String {
        self.screen_with(&NoPictures)
    }

    pub fn screen_with(&self, pictures: &dyn ReadyPictures) -> String {
        let Size { width, height } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        ui::view(&self.app, &Theme::neutral(), pictures, &mut buffer);
        let line = |y: u16| {
            let cells: String = (0..width).map(|x| buffer[(x, y)].symbol()).collect();
            let columns = papers_tui::text::width(&cells);
            assert_eq!(columns, usize::from(width), "a row is not as wide as the screen: {cells:?}");
            cells.trim_end().to_owned()
        };
        (0..height).map(line).collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} on\n{screen}");
        self
    }

    #[track_caller]
    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} on\n{screen}");
        self
    }
}

/// Parses keys written as for [`Drive::keys`].
pub fn typed(text: &str) -> Vec<KeyPress> {
    let (mut keys, mut rest) = (Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        let name = rest.strip_prefix('<').and_then(|inside| inside.split_once('>'));
        let (key, after) = match name {
            Some((name, after)) => (named(name), after),
            None => (KeyPress::plain(Code::Char(c)), &rest[c.len_utf8()..]),
        };
        keys.push(key);
        rest = after;
    }
    keys
}

/// A sentence that is the same in both languages.
pub fn same(text: impl Into<String>) -> Sentence {
    let text = text.into();
    Sentence::new(text.clone(), text)
}

fn read(text: &str) -> papers_tui::log::Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn named(name: &str) -> KeyPress {
    let (ctrl, alt) = (name.starts_with("c-"), name.starts_with("a-"));
    let code = match if ctrl || alt { &name[2..] } else { name } {
        "enter" => Code::Enter,
        "esc" => Code::Esc,
        "tab" => Code::Tab,
        "s-tab" => Code::BackTab,
        "up" => Code::Up,
        "down" => Code::Down,
        "left" => Code::Left,
        "right" => Code::Right,
        "bs" => Code::Backspace,
        "pgdn" => Code::PageDown,
        name => Code::Char(name.chars().next().unwrap()),
    };
    KeyPress { code, ctrl, alt }
}

/// A small log with an example of everything tested here.
const LOG: &str = "\
# pending list

> first things first

- [ ] Elk
- [ ] group
  - [ ] Owl
  - [x] Fox

some words

- [ ] Elk

# 2031.5

what May was about

## 2031.5.17

《Emu: A Model》

2031.4 Google 的一篇文章，要点：

1. 一

《Gnu: Another》

text

- [ ] try it

## 2031.5.2

《Yak: One More》

TBD

# 2031.4

## 2031.4.30

《注意力就是一切》

words
";

fn drive() -> Drive {
    Drive::new(LOG, 140, 42)
}

#[test]
fn the_newest_paper_is_selected_at_the_start() {
    drive().sees("Emu: A Model").sees("published 2031.4 · Google · read 2031.5.17").sees("3 papers · 3 days");
}

#[test]
fn keys_move_through_the_timeline() {
    drive().keys("j").sees("Gnu: Another").keys("J").sees("still to be written").keys("}").sees("30  注意力就是一切");
    drive().keys("}").sees("1 entry · 1 day").keys("j").sees("words");
    drive().keys("5j").sees("words").keys("gg").sees("3 entries · 2 days");
}

#[test]
fn folding_months_keeps_the_cursor_visible() {
    drive().keys("h").sees("▸ 2031.5").sees_not("   Gnu").keys("l").sees("▾ 2031.5").sees("   Gnu");
    drive().keys("h<enter>").sees("   Gnu").keys("<enter>").sees_not("   Gnu").keys("J").sees("words");
}

#[test]
fn notes_and_empty_days_are_shown() {
    drive().keys("gj").sees("what May was about");
    Drive::new("# 2031.5\n\n## 2031.5.17\n", 100, 30).sees("nothing yet");
}

#[test]
fn tab_cycles_through_the_panes() {
    drive()
        .sees("━ Timeline ━")
        .keys("<tab>")
        .sees("━ Emu ━")
        .keys("<tab>")
        .sees("━ Pending ━")
        .keys("<tab>")
        .sees("━ Timeline ━");
    drive()
        .keys("3")
        .sees("━ Pending ━")
        .keys("2")
        .sees("━ Emu ━")
        .keys("<s-tab>")
        .sees("━ Timeline ━")
        .keys("<s-tab>")
        .sees("━ Pending");
}

#[test]
fn a_tick_changes_one_byte_and_back() {
    let mut drive = drive();
    drive.keys("3x").sees("☑ Elk").sees("2/5").sees("saved");
    assert_eq!(drive.disk, LOG.replacen("[ ] Elk", "[x] Elk", 1));
    drive.keys(" ");
    assert_eq!(drive.disk, LOG);
}

#[test]
fn undo_and_redo_reach_the_disk() {
    let mut drive = drive();
    drive.keys("3xjjx");
    let ticked = drive.disk.clone();
    assert_ne!(ticked, LOG);
    drive.keys("UU").sees("Undone: tick “Elk”");
    assert_eq!(drive.disk, LOG);
    drive.keys("<c-r><c-r>").sees("Redone: tick “Owl”");
    assert_eq!(drive.disk, ticked);
    drive.keys("<c-r>").sees("Nothing to redo");
}

#[test]
fn a_change_undone_by_another_program_can_be_redone() {
    let mut drive = drive();
    drive.keys("3jjx");
    let ticked = drive.disk.clone();
    let log = read(LOG);
    let owl = log.tasks.iter().position(|task| task.text == "Owl").unwrap();
    let intent = Intent::set_done(&log, owl, true).unwrap();
    drive.outside("[x] Owl", "[ ] Owl").send(Message::Undone { file: 0, intent }).sees("Press Ctrl-R to redo");
    drive.keys("<c-r>").sees("Redone: tick “Owl”");
    assert_eq!(drive.disk, ticked);
}

#[test]
fn a_click_on_a_checkbox_ticks_it() {
    let mut drive = drive();
    drive.click("☐ Owl", 0);
    assert_eq!(drive.disk, LOG.replace("[ ] Owl", "[x] Owl"));
    drive.click("☐ group", 4).sees("━ Pending");
    assert_eq!(drive.disk, LOG.replace("[ ] Owl", "[x] Owl"));
    drive.click("Gnu", 0).click("☐ try it", 0).sees("☑ try it");
    assert!(drive.disk.contains("- [x] try it"));
}

#[test]
fn groups_fold_and_show_progress() {
    drive().sees("☐ group").sees("1/2").keys("3jh").sees("▸☐ group").sees_not("Owl").keys("l").sees("☐ Owl");
    drive().keys("3jjjh").sees("▸☐ group").keys("<enter>").sees("☑ Fox");
}

#[test]
fn text_between_tasks_is_shown() {
    drive().sees("│ first things first").sees("some words");
}

#[test]
fn the_finder_opens_a_paper_or_returns() {
    let mut drive = drive();
    drive.keys("js").sees("› ").keys("注意").sees("words").sees("2031.4.30");
    drive.keys("<esc>").sees("Gnu: Another").sees_not("› ");
    drive.keys("<c-p>yak<enter>").sees("━ Yak ━").sees("still to be written").sees_not("› ");
    drive.keys("s?").sees("No title or summary matches").keys("<bs>").sees("Emu: A Model");
}

#[test]
fn the_finder_unfolds_the_month_of_a_paper() {
    drive().keys("h}hsyak<enter>").sees("▾ 2031.5").sees("▸ 2031.4").sees("Yak: One More");
}

#[test]
fn pasted_text_becomes_one_line_without_control_characters() {
    let mut drive = drive();
    drive.keys("s").send(Message::Pasted("e\x1b\u{202E}mu\n".into())).sees("› emu").sees("Emu: A Model");
}

#[test]
fn an_outside_change_keeps_cursors_and_is_reported() {
    let mut drive = drive();
    drive.keys("3jj").keys("1jj");
    drive
        .outside("## 2031.5.17\n", "## 2031.5.18\n\n《New: Thing》\n\nx\n\n## 2031.5.17\n")
        .sees("New added")
        .sees("still to be written");
    drive.keys("3x");
    assert!(drive.disk.contains("[x] Owl"), "{}", drive.disk);
    drive.outside("- [ ] group\n", "").sees("━ Pending").sees("☑ Owl");
}

#[test]
fn an_outside_change_never_redirects_a_tick() {
    // The second Elk is meant; the first disappears before the save.
    let mut drive = drive();
    drive.keys("3G").hold().keys("x").sees("☑ Elk");
    drive.disk = drive.disk.replacen("- [ ] Elk\n", "", 1);
    drive.release();
    assert_eq!(drive.disk.matches("[x] Elk").count(), 1);

    // A change to an item that is gone is refused, and the screen shows the current state.
    let mut drive = self::drive();
    drive.keys("3jj").hold().keys("x");
    drive.disk = drive.disk.replace("  - [ ] Owl\n", "");
    let before = drive.disk.clone();
    drive.release().sees("! “Owl” is no longer in the log").sees_not("☐ Owl").sees_not("☑ Owl");
    assert_eq!(drive.disk, before);
}

#[test]
fn a_reload_before_saving_keeps_the_tick() {
    let mut drive = drive();
    drive.keys("3").hold().keys("x").outside("some words", "other words").sees("☑ Elk").sees("saving");
    drive.release().sees("☑ Elk").sees("saved");
    assert!(drive.disk.contains("[x] Elk") && drive.disk.contains("other words"));
}

#[test]
fn messages_expire_and_errors_stay_until_a_key() {
    let mut drive = drive();
    drive.keys("U").sees("Nothing to undo");
    let Some(&Effect::SetAlarm { id, .. }) = drive.effects.last() else { panic!() };
    drive.send(Message::Alarm(id)).sees_not("Nothing to undo");
    drive.send(Message::Failed(same("log.md: gone"))).send(Message::Alarm(id)).sees("! log.md: gone");
    drive.keys("j").sees_not("gone");
}

#[test]
fn an_unread_error_is_kept_when_files_become_unavailable() {
    let mut drive = drive();
    let gone = || Message::Unavailable(same("log.md: no such file"));
    drive.send(Message::Kept(same("Your text is in kept/1"))).send(gone());
    drive.sees("! Your text is in kept/1 · log.md: no such file").send(gone()).sees("kept/1 · log.md: no such file");
    drive.send(Message::Available).sees("! Your text is in kept/1").sees_not("no such file");
    // Without another error, it disappears with its cause.
    drive.keys("j").send(gone()).sees("! log.md: no such file").send(Message::Available).sees_not("no such file");
    drive.keys("U").sees("Nothing to undo").send(Message::Available).sees("Nothing to undo");
}

#[test]
fn a_window_too_small_to_show_anything_only_takes_the_key_to_quit() {
    let mut drive = drive();
    let before = drive.disk.clone();
    let small = || Message::Resized(Size { width: 25, height: 7 });
    drive.keys("3jj").send(small()).sees("too small").keys("xX").click("25", 0);
    assert_eq!(drive.disk, before);
    drive.keys("q");
    assert!(drive.effects.contains(&Effect::Quit));
    // What is being typed is not lost.
    drive.effects.clear();
    drive.send(Message::Resized(Size { width: 100, height: 30 })).keys("aEmu").send(small()).keys(" quits");
    drive.send(Message::Resized(Size { width: 100, height: 30 })).sees("Emu quits");
    assert!(!drive.effects.contains(&Effect::Quit));
}

#[test]
fn news_from_before_does_not_hide_the_keys_of_an_overlay() {
    let mut drive = drive();
    drive.keys("U").sees("Nothing to undo").keys("W").sees_not("Nothing to undo").sees("Esc close");
}

#[test]
fn keys_of_the_list_of_problems_do_nothing_in_others() {
    let mut drive = drive();
    drive.keys("W").sees("Esc close").keys("m").sees_not("cannot be fixed").keys("M").sees_not("cannot be fixed");
}

#[test]
fn help_lists_the_keymap_and_scrolls() {
    let mut drive = Drive::new(LOG, 80, 24);
    drive
        .keys("?")
        .sees("In the timeline")
        .sees("find a paper by words in its title or summary")
        .keys("G")
        .sees("Marks in the timeline")
        .keys("q")
        .sees("Emu");
    assert!(drive.effects.is_empty());
    drive.keys("q");
    assert_eq!(drive.effects, [Effect::Quit]);
}

#[test]
fn full_width_characters_work_as_keys() {
    drive().keys("？").sees("In the timeline");
}

#[test]
fn narrow_screens_have_tabs_and_tiny_ones_a_message() {
    let mut drive = Drive::new(LOG, 30, 8);
    drive.sees(" Timeline  Summary  Pending").keys("2").sees("Emu: A Model").keys("3").sees("☐ Elk");
    drive.click("Summary", 0).sees("Emu");
    drive.send(Message::Resized(Size { width: 29, height: 8 })).sees("too small").sees("30×8");
    drive.send(Message::Resized(Size { width: 0, height: 0 }));
    drive.send(Message::Resized(Size { width: 140, height: 42 })).sees("━ Emu ━");
}

#[test]
fn resizing_keeps_the_selection() {
    let text: String = (1..=60)
        .map(|day| format!("## 2031.{}.{}\n\n《Paper{day}: x》\n\ny\n\n", day / 20 + 1, day % 20 + 1))
        .collect();
    let mut drive = Drive::new(&text, 140, 42);
    drive.keys("1").keys("40j");
    let name = drive.app.timeline.entry().map(|entry| drive.app.log.entries[entry].title.to_string()).unwrap();
    for (width, height) in [(80, 24), (44, 18), (30, 8), (200, 60)] {
        drive.send(Message::Resized(Size { width, height })).sees(name.split(':').next().unwrap());
    }
}

#[test]
fn the_wheel_scrolls_the_pane_under_the_pointer() {
    let text: String = (1..=28).map(|day| format!("## 2031.2.{day}\n\n《P{day}: x》\n\ny\n\n")).collect();
    let mut drive = Drive::new(&text, 140, 20);
    drive
        .send(Message::Mouse { at: (3, 10), kind: MouseKind::Wheel(30) })
        .sees("P1 ")
        .sees_not("28 P28")
        .keys("j")
        .sees("P27");
}

#[test]
fn an_empty_log_explains_how_to_start() {
    Drive::new("", 140, 42).sees("This log has no papers yet").sees("Nothing is pending").keys("jjxhlsq<esc>");
}

#[test]
fn control_characters_in_a_log_are_not_drawn() {
    let mut drive = Drive::new("## 2031.5.17\n\n《a\x1b[31mb: \u{202E}x》\n\n&#27;]0;t&#7; \u{9B}31m\n", 80, 24);
    drive.sees("a␛[31mb");
    assert!(!drive.screen().contains(|c: char| c.is_control() && c != '\n'));
}
