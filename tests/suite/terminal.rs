//! The program in a pseudo-terminal.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use papers_tui::tui::terminal::Screen;
use papers_tui::words::Language;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

/// A timeout that only a failing test reaches.
const TIMEOUT: Duration = Duration::from_secs(30);

const PROGRAM: &str = env!("CARGO_BIN_EXE_papers-tui");

/// Environment variables that could lead to a user's own log, settings or state.
pub const USERS_OWN: [&str; 7] = [
    "PAPERS_TUI_LOG",
    "PAPERS_TUI_CONFIG",
    "PAPERS_TUI_PICTURES",
    "PAPERS_TUI_TODAY",
    "PAPERS_TUI_WATCH",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
];

/// Measures how long something takes, with and without the time spent waiting for a processor.
pub struct Delay {
    start: Instant,
    waited: BTreeMap<OsString, Duration>,
}

impl Delay {
    /// Wall-clock time.
    pub fn all(&self) -> Duration {
        self.start.elapsed()
    }

    /// The same, without the time in which threads were ready but got no processor.
    pub fn own(&self, run: &Run) -> Duration {
        let more = |(task, waited): (&OsString, &Duration)| {
            waited.saturating_sub(self.waited.get(task).copied().unwrap_or_default())
        };
        let all = self.all();
        all.saturating_sub(run.waited().iter().map(more).sum())
    }

    fn is_over(&self, run: &Run) -> bool {
        self.all() >= TIMEOUT && (self.own(run) >= TIMEOUT || self.all() >= 10 * TIMEOUT)
    }
}

/// A program in its own terminal.
pub struct Run {
    master: Box<dyn MasterPty>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn spawn(
    program: &Path,
    arguments: &[&str],
    folder: &Path,
    (rows, columns): (u16, u16),
) -> (Box<dyn MasterPty>, Box<dyn Child + Send + Sync>) {
    let pair = native_pty_system().openpty(size(rows, columns)).unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(folder);
    command.env("TERM", "xterm-256color");
    command.env("PAPERS_TUI_LANG", "en");
    command.env("HOME", folder);
    command.env("TMPDIR", folder);
    // Ignore the environment of the person running the tests.
    for name in USERS_OWN.iter().chain(&["COLORFGBG", "COLORTERM", "NO_COLOR"]) {
        command.env_remove(name);
    }
    // Later than every date in the logs.
    command.env("PAPERS_TUI_TODAY", "2031-06-01");
    let child = pair.slave.spawn_command(command).unwrap();
    (pair.master, child)
}

impl Run {
    fn start(program: &Path, arguments: &[&str], folder: &Path) -> Self {
        Self::start_in(program, arguments, folder, (24, 80))
    }

    /// A program in a terminal of this size.
    pub fn start_in(program: &Path, arguments: &[&str], folder: &Path, (rows, columns): (u16, u16)) -> Self {
        let (master, child) = spawn(program, arguments, folder, (rows, columns));
        let mut reader = master.try_clone_reader().unwrap();
        let writer = master.take_writer().unwrap();
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            master,
            writer,
            child,
            output,
            screen: vt100::Parser::new(cells(rows), cells(columns), 0),
            raw: Vec::new(),
        }
    }

    pub fn papers(arguments: &[&str], folder: &Path) -> Self {
        Self::start(Path::new(PROGRAM), arguments, folder)
    }

    /// The program with these variables, on a large screen.
    pub fn with(set: &[(&str, &str)], arguments: &[&str], folder: &Path) -> Self {
        let set: Vec<String> = set.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let arguments: Vec<&str> =
            set.iter().map(String::as_str).chain([PROGRAM]).chain(arguments.iter().copied()).collect();
        Self::start_in(Path::new("env"), &arguments, folder, (42, 140))
    }

    /// The program with the folder's log and this `EDITOR`.
    fn edited_by(editor: Option<&str>, folder: &Path) -> Self {
        // Without one, common editors must not be found either.
        let set = editor.map_or("PATH=/nowhere".to_owned(), |words| format!("EDITOR={words}"));
        let arguments = ["-u", "VISUAL", "-u", "EDITOR", &set];
        let arguments: Vec<&str> = arguments.into_iter().chain([PROGRAM, "log.md"]).collect();
        Self::start(Path::new("env"), &arguments, folder)
    }

    /// Reads output until a condition holds.
    #[track_caller]
    fn wait(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) {
        let delay = self.delay();
        while !wanted(self) {
            let is_over = match self.output.recv_timeout(TIMEOUT / 10) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                    false
                }
                Err(RecvTimeoutError::Timeout) => delay.is_over(self),
                Err(RecvTimeoutError::Disconnected) => true,
            };
            assert!(!is_over, "never saw {what} on\n{}", self.screen.screen().contents());
        }
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.wait(text, |run| run.screen.screen().contents().contains(text));
        self
    }

    /// Waits until a text is no longer on the screen.
    #[track_caller]
    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("a screen without {text}"), |run| !run.screen.screen().contents().contains(text));
        self
    }

    /// Types keys, repeatedly if needed, until a condition holds.
    #[track_caller]
    pub fn types_until(&mut self, keys: &str, what: &str, wanted: impl Fn(&str) -> bool) -> &mut Self {
        let delay = self.delay();
        let mut next = Instant::now();
        while !wanted(&self.screen.screen().contents()) {
            let now = Instant::now();
            assert!(!delay.is_over(self), "never saw {what} on\n{}", self.screen.screen().contents());
            if now >= next {
                self.types(keys);
                next = now + Duration::from_millis(100);
            }
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(10)) {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
        }
        self
    }

    /// Waits until the screen satisfies a condition.
    #[track_caller]
    pub fn waits(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> &mut Self {
        self.wait(what, |run| wanted(&run.screen.screen().contents()));
        self
    }

    /// Whether a text is on the screen now; does not wait.
    pub fn shows(&self, text: &str) -> bool {
        self.screen.screen().contents().contains(text)
    }

    /// Quits the program by its key.
    #[track_caller]
    pub fn quits(&mut self) {
        self.types("q");
        assert_eq!(self.ends(), 0);
    }

    /// Waits for something outside the terminal.
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, happened: impl Fn() -> bool) {
        let delay = self.delay();
        while !happened() {
            assert!(!delay.is_over(self), "never saw {what}, but\n{}", self.screen.screen().contents());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(10)) {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
        }
    }

    /// Waits until the lines of the screen satisfy a condition.
    #[track_caller]
    pub fn sees_lines(&mut self, what: &str, wanted: impl Fn(&[String]) -> bool) -> &mut Self {
        self.wait(what, |run| wanted(&run.lines()));
        self
    }

    /// Waits until the program has sent a text.
    #[track_caller]
    pub fn sends(&mut self, text: &str) -> &mut Self {
        self.wait(text, |run| run.sent().contains(text));
        self
    }

    /// Everything that the program has sent so far.
    pub fn sent(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    /// The lines of the screen.
    pub fn lines(&self) -> Vec<String> {
        self.screen.screen().rows(0, u16::MAX).collect()
    }

    /// All text colours on the screen.
    pub fn colours(&self) -> Vec<vt100::Color> {
        let (rows, columns) = self.screen.screen().size();
        let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let mut colours = Vec::new();
        for colour in cells.filter_map(|(row, column)| Some(self.screen.screen().cell(row, column)?.fgcolor())) {
            if !colours.contains(&colour) {
                colours.push(colour);
            }
        }
        colours
    }

    /// Whether the terminal reports the mouse.
    pub fn has_mouse(&self) -> bool {
        self.screen.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    pub fn types(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Types bytes that need not be UTF-8.
    pub fn types_bytes(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
    }

    /// Starts measuring.
    pub fn delay(&self) -> Delay {
        Delay { start: Instant::now(), waited: self.waited() }
    }

    /// The time that each thread of the program, and the test's own, has waited for a processor so far; empty if the
    /// system does not report it.
    fn waited(&self) -> BTreeMap<OsString, Duration> {
        let of = |task: &Path| {
            let said = std::fs::read_to_string(task.join("schedstat")).ok()?;
            said.split(' ').nth(1)?.parse().ok().map(Duration::from_nanos)
        };
        let tasks = self.child.process_id().map(|id| std::fs::read_dir(format!("/proc/{id}/task")));
        let tasks = tasks.into_iter().flatten().flatten().flatten();
        let tasks = tasks.filter_map(|task| Some((task.file_name(), of(&task.path())?)));
        tasks.chain(of(Path::new("/proc/thread-self")).map(|own| ("test".into(), own))).collect()
    }

    fn process(&self) -> Pid {
        self.child.process_id().and_then(|id| Pid::from_raw(id.try_into().unwrap())).unwrap()
    }

    fn signals(&self, signal: Signal) {
        kill_process(self.process(), signal).unwrap();
    }

    /// Waits until the program is stopped, and reads its output until then.
    #[track_caller]
    fn stops(&mut self) {
        let (_, status) = waitpid(Some(self.process()), WaitOptions::UNTRACED).unwrap().unwrap();
        assert!(status.stopped(), "{status:?}");
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(50)) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
    }

    /// Waits until the program has left its terminal; returns the exit status.
    #[track_caller]
    pub fn ends(&mut self) -> u32 {
        loop {
            match self.output.recv_timeout(TIMEOUT) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap().exit_code(),
                Err(RecvTimeoutError::Timeout) => {
                    self.child.kill().unwrap();
                    panic!("still runs, with\n{}", self.screen.screen().contents());
                }
            }
        }
    }

    /// Ends the program with SIGTERM.
    #[track_caller]
    pub fn terminates(&mut self) {
        self.signals(Signal::TERM);
        assert_eq!(self.ends(), 0);
    }

    /// Kills the program with SIGKILL.
    pub fn kill(&mut self) {
        self.signals(Signal::KILL);
        self.child.wait().unwrap();
    }

    /// Checks that every mode of the terminal is off again.
    #[track_caller]
    pub fn is_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        // The terminal may be gone after the last program closed it; then nothing is left in raw mode.
        if let Ok(tty) = std::fs::File::open(self.master.tty_name().unwrap()) {
            let modes = tcgetattr(&tty).unwrap().local_modes;
            assert!(modes.contains(LocalModes::ICANON | LocalModes::ECHO));
        }
    }
}

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] Owl\n\n## 2031.5.17\n\n《Gnu: A Model》\n\n正文\n";

pub fn dir() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.md"), LOG).unwrap();
    folder
}

#[test]
fn starts_and_quits() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").sees("正文");
    // The screen is cleared first, for terminals without an alternate screen.
    let raw = String::from_utf8_lossy(&run.raw).into_owned();
    assert!(raw.find("\x1b[2J").is_some_and(|cleared| raw.find("Gnu").is_some_and(|text| cleared < text)));
    run.types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
}

#[test]
fn the_background_colour_selects_the_theme() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    let rule = |run: &Run| run.screen.screen().cell(1, 0).map(vt100::Cell::fgcolor);
    run.sees("Gnu").wait("the question", |run| String::from_utf8_lossy(&run.raw).contains("\x1b]11;?"));
    let before = rule(&run);
    // Keys before and after a late reply count; `r`, `b` and `/` inside it do not.
    run.types("3\x1b]11;rgb:ffff/fdfd/f0f0\x1b\\x").sees("☑ Elk").sees("saved");
    run.wait("other colours", |run| rule(run) != before);
    // The user switches to dark and back; the report comes unasked.
    let light = rule(&run);
    assert!(run.sent().contains("\x1b[?2031h"));
    run.types("\x1b[?997;1n").wait("dark colours", |run| rule(run) != light);
    run.types("\x1b[?997;2n").wait("light colours", |run| rule(run) == light);
    run.types("\x1b]11;rgb:0000/0000/0000\x07q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
}

#[test]
fn terminal_replies_are_not_keys() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu").wait("the question", |run| String::from_utf8_lossy(&run.raw).contains("\x1b[>0q\x1b[c"));
    run.types("3\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;4cx").sees("☑ Elk").sees("saved");
    run.types("\x1b[?64;1;2;6cq");
    assert_eq!(run.ends(), 0);
    run.is_restored();
}

#[test]
fn the_screen_follows_the_terminal_size() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("┬").sees("正文");
    run.screen.screen_mut().set_size(cells(18), cells(44));
    run.master.resize(size(18, 44)).unwrap();
    run.sees("1 Timeline").types("2").sees("正文").types("q");
    assert_eq!(run.ends(), 0);
}

#[test]
fn ticks_are_saved_and_outside_edits_shown() {
    let dir = dir();
    let log = dir.path().join("log.md");
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu").types("3x").sees("☑ Elk").sees("saved");
    assert_eq!(std::fs::read_to_string(&log).unwrap(), LOG.replace("[ ] Elk", "[x] Elk"));
    let new = dir.path().join("new.md");
    std::fs::write(&new, std::fs::read_to_string(&log).unwrap().replace("Gnu", "Yak")).unwrap();
    std::fs::rename(&new, &log).unwrap();
    run.sees("Yak added").sees("Yak: A Model");
    // The file was replaced, and is still watched.
    let text = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, text.replace("Yak", "Emu")).unwrap();
    run.sees("Emu: A Model").types("U").sees("☐ Elk").types("q");
    assert_eq!(run.ends(), 0);
    assert_eq!(std::fs::read_to_string(&log).unwrap(), LOG.replace("Gnu", "Emu"));
}

#[test]
fn a_new_entry_is_linked_to_its_mentions() {
    let dir = dir();
    std::fs::write(dir.path().join("log.md"), LOG.replace("正文", "before Yak")).unwrap();
    let mut run = Run::edited_by(None, dir.path());
    run.sees("before Yak").types("N").sees("New entry").types("Yak: B\r").sees("today").types("\r");
    run.sees("saved").types("sgnu\r").sees("mentions Yak").types("q");
    assert_eq!(run.ends(), 0);
}

#[test]
fn quitting_right_after_a_tick_saves_it() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu").types("3xjxq");
    assert_eq!(run.ends(), 0);
    assert_eq!(std::fs::read_to_string(dir.path().join("log.md")).unwrap(), LOG.replace("[ ]", "[x]"));
}

#[test]
fn a_signal_quits_the_program() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu").terminates();
    run.is_restored();
}

#[test]
fn stop_and_continue_signals_restore_the_terminal() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").types("3x").sees("☑ Elk").sees("saved");
    run.signals(Signal::TSTP);
    run.stops();
    run.is_restored();
    run.signals(Signal::CONT);
    run.sees("Gnu: A Model").types("jx").sees("☑ Owl").sees("saved");
    // A stop that cannot be handled; then a shell writes on the screen and changes the terminal's modes.
    run.signals(Signal::STOP);
    run.stops();
    run.screen.process(b"\x1b[?1049l\x1b[?2004l\x1b[?25h\x1b[H\x1b[2J$ ");
    let tty = std::fs::File::open(run.master.tty_name().unwrap()).unwrap();
    let mut modes = tcgetattr(&tty).unwrap();
    modes.local_modes.insert(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG);
    tcsetattr(&tty, OptionalActions::Now, &modes).unwrap();
    drop(tty);
    run.signals(Signal::CONT);
    run.sees("Gnu: A Model").sees("☑ Owl").types("x").sees("☐ Owl").types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
}

#[test]
fn ctrl_z_suspends_and_fg_resumes() {
    let dir = dir();
    let mut run = Run::start(Path::new("env"), &["LC_ALL=C", "sh", "-i"], dir.path());
    run.types(&format!("'{PROGRAM}' log.md\n")).sees("Gnu: A Model").types("3x").sees("saved");
    run.types("\x1a").sees("Stopped");
    assert!(!run.screen.screen().alternate_screen());
    run.types("echo emu$((1+1))\n").sees("emu2").types("fg\n").sees("Gnu: A Model").sees("☑ Elk");
    run.types("x").sees("☐ Elk").sees("saved").types("q");
    run.wait("the shell", |run| !run.screen.screen().alternate_screen());
    run.kill();
    // Without a shell to resume it, the program refuses to stop.
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").types("\x1a").sees("No shell").types("3x").sees("☑ Elk").types("q");
    assert_eq!(run.ends(), 0);
}

#[test]
fn a_closed_terminal_quits_the_program() {
    // Also if the parent process ignores the signal, and if standard error is closed.
    for script in ["exec \"$0\" log.md", "trap '' HUP; exec \"$0\" log.md", "trap '' HUP; exec \"$0\" log.md 2>&-"] {
        goes_away(script);
    }
}

/// Closes the terminal of a program started by a shell.
fn goes_away(script: &str) {
    let dir = dir();
    let (master, mut child) = spawn(Path::new("sh"), &["-c", script, PROGRAM], dir.path(), (24, 80));
    let mut reader = master.try_clone_reader().unwrap();
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains("Gnu") {
        let mut buffer = [0; 4096];
        let read = reader.read(&mut buffer).unwrap();
        seen.extend(&buffer[..read]);
    }
    let mut killer = child.clone_killer();
    drop((reader, master));
    let (sender, end) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait().unwrap().exit_code()));
    let ended = end.recv_timeout(TIMEOUT);
    killer.kill().ok();
    assert_eq!(ended, Ok(0), "{script}");
}

#[test]
fn a_terminal_without_cursor_control_is_refused() {
    let dir = dir();
    for arguments in [&["log.md"][..], &["--lang", "zh", "log.md"]] {
        let mut run = Run::with(&[("TERM", "dumb")], arguments, dir.path());
        assert_eq!(run.ends(), 2);
        let said = run.screen.screen().contents();
        assert!(said.contains("dumb") && said.contains("papers-tui list"), "{said}");
        assert!(!run.sent().contains('\x1b'));
    }
    let mut run = Run::with(&[("TERM", "dumb")], &["review", "--log", "log.md"], dir.path());
    run.sees("Gnu: A Model");
    assert_eq!(run.ends(), 0);
}

/// A script in the folder that acts as the user's editor.
fn editor(folder: &Path, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("vim");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_editor_gets_the_terminal_and_its_changes_are_read() {
    let dir = dir();
    // The editor prints its arguments, reads a line of keys, and writes the log.
    let script = r#"echo "got $1 $2 $3"; stty -a | grep -o "[-]*icanon"; read keys; echo "keys $keys" > keys
        sed -i "s/Gnu/Yak/" "$3"; read more"#;
    let words = format!("'{}' -n", editor(dir.path(), script));
    let mut run = Run::edited_by(Some(&words), dir.path());
    run.sees("Gnu: A Model").types("e").sees("got -n +8 ").sees("icanon");
    assert!(!run.screen.screen().contents().contains("-icanon"));
    assert!(!run.screen.screen().alternate_screen());
    run.types("3xjq\n\n").sees("Yak: A Model").sees("☐ Elk");
    assert_eq!(std::fs::read_to_string(dir.path().join("keys")).unwrap(), "keys 3xjq\n");
    run.types("3x").sees("☑ Elk").sees("saved").types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
}

/// Both summaries are written in the editor, whose saves must not be blamed on another program.
#[test]
fn two_papers_logged_on_one_day_are_written_once_each() {
    let dir = dir();
    let words = format!("'{}'", editor(dir.path(), r#"sed -i "${1#+}a one\ntwo" "$2""#));
    let mut run = Run::edited_by(Some(&words), dir.path());
    run.sees("Gnu: A Model");
    for title in ["Alpha", "Beta"] {
        run.types(&format!("N{title}\r")).sees("Which day").types("\r").sees(&format!("Wrote {title}, 2 lines"));
    }
    run.types("\x12").sees("Nothing to redo").types("U").sees("since edited the lines of this change").types("q");
    assert_eq!(run.ends(), 0);
    let log = std::fs::read_to_string(dir.path().join("log.md")).unwrap();
    assert_eq!((log.matches("Alpha").count(), log.matches("Beta").count()), (1, 1), "{log}");
    assert!(!run.sent().contains("another program") && !run.sent().contains("Changed by another program"));
}

#[test]
fn a_failing_editor_is_reported() {
    let dir = dir();
    for (words, said) in [
        (None, "set $VISUAL or $EDITOR"),
        (Some("./no-such-editor"), "cannot be run"),
        (Some("'unclosed"), "unclosed quote"),
        (Some("false"), "The editor failed (false, exit status 1)"),
        (Some("sh -c 'kill -9 $$'"), "killed by signal 9"),
        // An interrupt from the keyboard reaches only the editor.
        (Some("sh -c 'kill -2 0; exit 3'"), "The editor failed (sh"),
    ] {
        let mut run = Run::edited_by(words, dir.path());
        run.sees("Gnu: A Model").types("e").sees(said).types("j").sees("Gnu: A Model").types("q");
        assert_eq!(run.ends(), 0, "{words:?}");
        run.is_restored();
    }
}

#[test]
fn without_a_log_the_sample_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Run::papers(&[], folder.path());
    run.sees("A sample log").sees("DeepSeek-R1").types("j").sees("s find").types("q");
    assert_eq!(run.ends(), 0);
}

#[test]
fn a_panic_restores_the_terminal() {
    let dir = dir();
    let arguments = ["--exact", "terminal::panics", "--ignored", "--nocapture", "--test-threads", "1"];
    let mut run = Run::start(&std::env::current_exe().unwrap(), &arguments, dir.path());
    assert_ne!(run.ends(), 0);
    let raw = String::from_utf8_lossy(&run.raw).into_owned();
    let left = raw.find("\x1b[?1049l").expect("the alternate screen is left");
    assert!(raw[left..].contains("on purpose"), "the report must come after that: {raw:?}");
    run.is_restored();
}

#[test]
fn aborts_and_stack_overflows_restore_the_terminal() {
    let dir = dir();
    for test in ["terminal::aborts", "terminal::overflows", "terminal::panics_twice"] {
        let arguments = ["--exact", test, "--ignored", "--nocapture", "--test-threads", "1"];
        let mut run = Run::start(&std::env::current_exe().unwrap(), &arguments, dir.path());
        assert_ne!(run.ends(), 0);
        let raw = run.sent();
        let left = raw.find("\x1b[?1049l").unwrap_or_else(|| panic!("{test}: {raw:?}"));
        assert!(raw[left..].contains("the program has crashed"), "{test}: {raw:?}");
        run.is_restored();
    }
    let mut run = Run::papers(&["log.md"], dir.path());
    // Once a key works, everything has started, also the process that restores the terminal.
    run.sees("Gnu: A Model").types("3").sees("━ Pending").signals(Signal::ABORT);
    assert_ne!(run.ends(), 0);
    run.is_restored();
}

/// A signal may reach any thread, including the one that waits for it.
#[cfg(target_os = "linux")]
#[test]
fn an_abort_during_recovery_restores_the_terminal() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model");
    let tasks = std::fs::read_dir(format!("/proc/{}/task", run.process().as_raw_nonzero())).unwrap();
    let rescuer = tasks
        .map(|task| task.unwrap().path())
        .find(|task| std::fs::read_to_string(task.join("comm")).is_ok_and(|name| name.trim() == "rescue"))
        .unwrap();
    // Linux delivers a signal to the named thread first.
    let thread = rescuer.file_name().unwrap().to_str().unwrap().parse().unwrap();
    kill_process(Pid::from_raw(thread).unwrap(), Signal::ABORT).unwrap();
    assert_ne!(run.ends(), 0);
    run.is_restored();
}

#[test]
#[ignore = "run by aborts_and_stack_overflows_restore_the_terminal"]
fn aborts() {
    let _screen = Screen::enter(true, Language::English).unwrap();
    std::thread::spawn(|| std::process::abort()).join().unwrap();
}

#[test]
#[ignore = "run by aborts_and_stack_overflows_restore_the_terminal"]
fn overflows() {
    fn fall(depth: usize) -> usize {
        let room = std::hint::black_box([depth; 128]);
        if depth == usize::MAX { 0 } else { fall(depth + 1) + room[depth % 128] }
    }
    let _screen = Screen::enter(true, Language::English).unwrap();
    std::thread::spawn(|| fall(0)).join().unwrap();
}

#[test]
#[ignore = "run by aborts_and_stack_overflows_restore_the_terminal"]
fn panics_twice() {
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("again, on purpose");
        }
    }
    let _screen = Screen::enter(true, Language::English).unwrap();
    let _bad = Bad;
    panic!("on purpose");
}

#[test]
#[ignore = "run by a_panic_restores_the_terminal, in a terminal of its own"]
fn panics() {
    let _screen = Screen::enter(true, Language::English).unwrap();
    panic!("on purpose");
}

#[test]
fn a_log_opens_where_it_was_left_if_enabled() {
    let dir = dir();
    let log = dir.path().join("log.md");
    std::fs::write(&log, format!("{LOG}\n## 2031.4.2\n\n《Yak》\n\nfar below\n")).unwrap();
    let open = |arguments: &[&str]| Run::papers(arguments, dir.path());
    let mut run = open(&["log.md"]);
    run.sees("Gnu: A Model").types("J").sees("far below").types("q");
    assert_eq!(run.ends(), 0);
    let mut run = open(&["log.md"]);
    run.sees("far below").types("q");
    assert_eq!(run.ends(), 0);
    std::fs::write(dir.path().join("own.toml"), "[session]\nremember = false\n").unwrap();
    let mut run = open(&["log.md", "--config", "own.toml"]);
    run.sees("Gnu: A Model").types("Kq");
    assert_eq!(run.ends(), 0);
    // That run saved no session. A damaged session is silently ignored.
    let sessions = dir.path().join(".local/state/papers-tui/sessions");
    let kept = sessions.join(log.canonicalize().unwrap().strip_prefix("/").unwrap()).join("session.json");
    assert!(std::fs::read_to_string(&kept).unwrap().contains("yak"));
    std::fs::write(&kept, "{").unwrap();
    std::fs::remove_file(kept.with_extension("json.bak")).ok();
    let mut run = open(&["log.md"]);
    run.sees("Gnu: A Model").sees("s find").types("q");
    assert_eq!(run.ends(), 0);
    let mut run = open(&["log.md"]);
    run.sees("Gnu: A Model").types("q");
    assert_eq!(run.ends(), 0);
}

#[test]
fn a_divider_can_be_dragged_in_a_terminal() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    let at = |run: &Run| run.lines()[1].chars().position(|c| c == '┬');
    run.sees("Gnu: A Model");
    assert_eq!(at(&run), Some(28));
    run.types("\x1b[<0;29;10M\x1b[<32;41;10M\x1b[<0;41;10m");
    run.wait("the line to go", |run| at(run) == Some(40));
    run.types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
}

/// Another log that shares no text with the first.
const OTHER: &str = "# todo\n\n- [ ] Auk\n- [ ] Kea\n\n## 2031.4.2\n\n《Yak: Another》\n\n第二份\n";

#[test]
fn switching_logs_keeps_ticks_and_positions_apart() {
    let dir = dir();
    let folder = dir.path().join("far");
    std::fs::create_dir(&folder).unwrap();
    let (log, other) = (dir.path().join("log.md"), folder.join("other.md"));
    std::fs::write(&other, OTHER).unwrap();
    // The other log is known because it was open before.
    let mut run = Run::papers(&["far/other.md"], dir.path());
    run.sees("Yak: Another").types("q");
    assert_eq!(run.ends(), 0);
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").types("3x").sees("☑ Elk").sees("saved");
    run.types("B").sees("other.md").types("\r").sees("Yak: Another").types("3x").sees("☑ Auk").sees("saved");
    run.types("U").sees("Undone: tick “Auk”").types("U").sees("Nothing to undo").types("jx").sees("☑ Kea");
    // The first log is back where it was left: with the cursor in the pending list.
    run.types("\x1bo").sees("log.md").types("\r").sees("Gnu: A Model").sees("━ Pending").types("jx").sees("☑ Owl");
    // Outside changes are seen in the open log only.
    std::fs::write(&other, std::fs::read_to_string(&other).unwrap().replace("Yak", "Emu")).unwrap();
    let text = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, text.replace("正文", "新的正文")).unwrap();
    run.sees("Gnu edited").sees("新的正文").types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
    assert_eq!(std::fs::read_to_string(&log).unwrap(), LOG.replace("[ ]", "[x]").replace("正文", "新的正文"));
    let ticked = OTHER.replace("[ ] Kea", "[x] Kea").replace("Yak", "Emu");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), ticked);
}

#[test]
fn failing_to_open_a_log_keeps_the_old_one() {
    let dir = dir();
    std::fs::write(dir.path().join("other.md"), OTHER).unwrap();
    let mut run = Run::papers(&["other.md"], dir.path());
    run.sees("Yak: Another").types("q");
    assert_eq!(run.ends(), 0);
    let utf16: Vec<u8> = "\u{FEFF}# 2031".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(dir.path().join("other.md"), utf16).unwrap();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").types("B").sees("other.md").types("\r").sees("UTF-16").types("\x1b").sees("s find");
    run.types("3x").sees("☑ Elk").sees("saved").types("q");
    assert_eq!(run.ends(), 0);
    assert_eq!(std::fs::read_to_string(dir.path().join("log.md")).unwrap(), LOG.replace("[ ] Elk", "[x] Elk"));
}

#[test]
fn recent_logs_are_offered_if_none_is_found() {
    let dir = dir();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").types("q");
    assert_eq!(run.ends(), 0);
    let empty = dir.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let home = format!("HOME={}", dir.path().display());
    let elsewhere = || Run::start(Path::new("env"), &[&home, PROGRAM], &empty);
    let mut run = elsewhere();
    run.sees("Open a log").sees("log.md").types("\r").sees("Gnu: A Model").types("3x").sees("☑ Elk").types("q");
    assert_eq!(run.ends(), 0);
    let mut run = elsewhere();
    run.sees("log.md").types("sample").sees("1/1").types("\r").sees("A sample log").types("q");
    assert_eq!(run.ends(), 0);
    let mut run = elsewhere();
    run.sees("log.md").types("\x1b");
    assert_eq!(run.ends(), 0);
    run.is_restored();
    // A damaged list of recent logs is reported and kept, and the log opens all the same.
    let kept = dir.path().join(".local/state/papers-tui/recent.json");
    assert!(std::fs::read_to_string(&kept).unwrap().contains("log.md"));
    std::fs::write(&kept, "{").unwrap();
    std::fs::remove_file(kept.with_extension("json.bak")).ok();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").sees("recent.json").types("3jx").sees("☑ Owl").types("q");
    assert_eq!(run.ends(), 0);
    assert!(std::fs::read_to_string(&kept).unwrap().contains("log.md"));
}

#[test]
fn the_chosen_theme_and_language_are_remembered() {
    let dir = dir();
    let home = format!("HOME={}", dir.path().display());
    let start = |set: &[&str]| {
        let arguments = ["-u", "PAPERS_TUI_LANG", "-u", "NO_COLOR", "LC_ALL=C", "TERM=xterm-256color", &home];
        let arguments: Vec<&str> = arguments.iter().chain(set).copied().chain([PROGRAM, "log.md"]).collect();
        Run::start(Path::new("env"), &arguments, dir.path())
    };
    let end = |mut run: Run| {
        run.types("q");
        assert_eq!(run.ends(), 0);
    };
    let mut run = start(&[]);
    run.sees("Gnu: A Model").types("t").sees("1/13").types("jj").sees("3/13").types("\r").sees_not("3/13");
    run.types("L").sees("界面语言：简体中文").sees_not("仅本次运行");
    end(run);
    let mut run = start(&[]);
    run.sees("Gnu: A Model").sees("待读").types("t").sees("3/13").types("\x1b").sees_not("3/13");
    end(run);
    // The settings take precedence, and a message says so.
    let settings = dir.path().join("own.toml");
    std::fs::write(&settings, "theme = \"nord\"\n").unwrap();
    let settings = format!("PAPERS_TUI_CONFIG={}", settings.display());
    let mut run = start(&["PAPERS_TUI_LANG=en", &settings]);
    run.sees("Gnu: A Model").types("t").sees("11/13").types("g\r").sees("until you quit").types("L").sees("仅本次运行");
    end(run);
    let mut run = start(&[]);
    run.sees("Gnu: A Model").sees("待读").types("t").sees("3/13").types("\x1b").sees_not("3/13");
    end(run);
}

#[test]
fn a_large_log_is_shown_early_and_saved_completely() {
    let dir = dir();
    let log = dir.path().join("log.md");
    let old: String = (0..12_000)
        .map(|paper| {
            let words = "words that make the log large, ".repeat(4);
            format!(
                "## {}.{}.{}\n\n《Old {paper}: x》\n\n{words}\n\n",
                2030 - paper / 336,
                12 - paper / 28 % 12,
                28 - paper % 28
            )
        })
        .collect();
    std::fs::write(&log, format!("{LOG}\n{old}")).unwrap();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").sees("12001 papers").types("3x").sees("☑ Elk").sees("saved").types("q");
    assert_eq!(run.ends(), 0);
    assert_eq!(std::fs::read_to_string(&log).unwrap(), format!("{LOG}\n{old}").replace("[ ] Elk", "[x] Elk"));
    // Damage far from the start is reported too, and nothing is written then.
    let mut bytes = std::fs::read(&log).unwrap();
    bytes.extend(b"\xff\n");
    std::fs::write(&log, &bytes).unwrap();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("invalid UTF-8 on line").types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
    assert_eq!(std::fs::read(&log).unwrap(), bytes);
}
