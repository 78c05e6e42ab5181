//! Terminal replies are never taken for keys, and no key is lost.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use papers_tui::tui::input::event::TerminalEvent;
use papers_tui::tui::input::filter::InputFilter;
use papers_tui::ui::theme::Shade;

use crate::random::Dice;
use crate::terminal::{Run, dir};

/// The number of random sequences in a test; `PAPERS_TUI_ANSWERS` sets it.
fn rounds() -> usize {
    std::env::var("PAPERS_TUI_ANSWERS").ok().and_then(|count| count.parse().ok()).unwrap_or(5_000)
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn plain(c: char) -> Event {
    key(KeyCode::Char(c), KeyModifiers::NONE)
}

/// Keys that, with Alt, send the same bytes as the start of a reply.
const INTRODUCERS: &[u8] = b"[]PX^_O";

/// User input as the terminal sends it. Some of it looks like the start of a reply until a pause follows.
struct Typed {
    bytes: Vec<u8>,
    event: Event,
    needs_quiet: bool,
}

fn typed(dice: &mut Dice) -> Typed {
    let of = |bytes: &str, event| Typed { bytes: bytes.as_bytes().to_vec(), event, needs_quiet: false };
    let arrow = |dice: &mut Dice| {
        dice.one(&[('A', KeyCode::Up), ('B', KeyCode::Down), ('C', KeyCode::Right), ('D', KeyCode::Left)])
    };
    match dice.below(12) {
        0 => {
            let c =
                dice.one(&['j', 'q', 'x', 'X', '>', '@', '1', '?', ':', ';', '$', '~', '\\', '[', ']', 'P', 'R', 'c']);
            of(&c.to_string(), plain(c))
        }
        1 => {
            let c = dice.one(&['é', '注', '朜', 'ü', '👩', '\u{301}', '：']);
            of(&c.to_string(), plain(c))
        }
        2 => {
            let (byte, code, held) = dice.one(&[
                ("\r", KeyCode::Enter, KeyModifiers::NONE),
                ("\t", KeyCode::Tab, KeyModifiers::NONE),
                ("\x7f", KeyCode::Backspace, KeyModifiers::NONE),
                ("\x03", KeyCode::Char('c'), KeyModifiers::CONTROL),
                ("\x1a", KeyCode::Char('z'), KeyModifiers::CONTROL),
                ("\0", KeyCode::Char(' '), KeyModifiers::CONTROL),
            ]);
            of(byte, key(code, held))
        }
        3 => {
            let (letter, code) = arrow(dice);
            of(&format!("\x1b{}{letter}", dice.one(&['[', 'O'])), key(code, KeyModifiers::NONE))
        }
        4 => {
            let (letter, code) = arrow(dice);
            let (number, held) = dice.one(&[(3, KeyModifiers::ALT), (5, KeyModifiers::CONTROL)]);
            of(&format!("\x1b[1;{number}{letter}"), key(code, held))
        }
        5 => {
            let (number, code) = dice.one(&[
                (3, KeyCode::Delete),
                (5, KeyCode::PageUp),
                (6, KeyCode::PageDown),
                (15, KeyCode::F(5)),
                (24, KeyCode::F(12)),
            ]);
            of(&format!("\x1b[{number}~"), key(code, KeyModifiers::NONE))
        }
        6 => of("\x1bOP", key(KeyCode::F(1), KeyModifiers::NONE)),
        7 => {
            let c = dice.one(&['j', 'k', 'o', '注', 'é', '1']);
            of(&format!("\x1b{c}"), key(KeyCode::Char(c), KeyModifiers::ALT))
        }
        8 => {
            let (column, row) = (dice.below(300), dice.below(200));
            let at = |kind| {
                let (column, row) = (column as u16, row as u16);
                Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
            };
            let (button, last, kind) = dice.one(&[
                (0, 'M', MouseEventKind::Down(MouseButton::Left)),
                (0, 'm', MouseEventKind::Up(MouseButton::Left)),
                (32, 'M', MouseEventKind::Drag(MouseButton::Left)),
                (65, 'M', MouseEventKind::ScrollDown),
            ]);
            of(&format!("\x1b[<{button};{};{}{last}", column + 1, row + 1), at(kind))
        }
        9 => {
            let text = dice.one(&["", "an emu", "甲\n乙", "\x1b]11;?\x1b\\ \x1b[?1;2c", "q\x03\x1b[A"]);
            of(&format!("\x1b[200~{text}\x1b[201~"), Event::Paste(text.to_owned()))
        }
        10 => Typed { needs_quiet: true, ..of("\x1b", key(KeyCode::Esc, KeyModifiers::NONE)) },
        _ => {
            let c = char::from(dice.one(INTRODUCERS));
            Typed { needs_quiet: true, ..of(&format!("\x1b{c}"), key(KeyCode::Char(c), KeyModifiers::ALT)) }
        }
    }
}

/// A reply from a terminal, split before its terminator.
fn answer(dice: &mut Dice) -> (Vec<u8>, Vec<u8>) {
    // With 7-bit controls, 8-bit controls, or 8-bit controls as UTF-8.
    let mut begun = match (dice.below(4), dice.one(&INTRODUCERS[..6])) {
        (0, byte) => vec![byte + 0x40],
        (1, byte) => vec![0xC2, byte + 0x40],
        (_, byte) => vec![0x1B, byte],
    };
    let is_control = matches!(begun.last(), Some(b'[' | 0x9B));
    if is_control {
        let (numbers, digits) = (
            [dice.below(4_000).to_string(), dice.below(4_000).to_string(), dice.below(4_000).to_string()].join(";"),
            dice.below(4_000).to_string(),
        );
        let (text, last) = match dice.below(12) {
            0 => (format!("?{numbers}"), "c"),
            1 => (format!(">{numbers}"), "c"),
            2 => (format!("={digits}"), "c"),
            3 => (format!("?{digits};1$"), "y"),
            4 => (format!("?{digits};1"), "n"),
            5 => (format!("?{digits}"), "u"),
            6 => (numbers, "t"),
            7 => (numbers, "R"),
            8 => (format!("?{numbers}"), "S"),
            9 => (digits, "n"),
            10 => (numbers, "x"),
            _ => (format!("?{}", "1;".repeat(dice.below(3_000))), "y"),
        };
        begun.extend(text.bytes());
        return (begun, last.into());
    }
    for _ in 0..dice.one(&[1, 3, 20, 60, 3_000]) {
        begun.extend(
            dice.one(&[">|kitty(0.35)", "1$r2 q", "Gi=31;OK", "11;?", "52;c;ZW11", "注朜", "q", "x:;"]).bytes(),
        );
    }
    (begun, dice.one(&[&b"\x07"[..], b"\x1b\\", b"\x9c", b"\xc2\x9c"]).to_vec())
}

/// Feeds bytes, split at random.
fn feed(filter: &mut InputFilter, dice: &mut Dice, mut bytes: &[u8], heard: &mut Vec<TerminalEvent>) {
    while !bytes.is_empty() {
        let piece = if dice.below(2) == 0 { bytes.len() } else { 1 + dice.below(bytes.len()) };
        heard.extend(filter.feed(&bytes[..piece]));
        bytes = &bytes[piece..];
    }
}

#[test]
fn replies_mixed_with_keys_yield_exactly_the_keys() {
    let mut dice = Dice(0x2031_0517);
    for round in 0..rounds() {
        let (mut filter, mut heard, mut wanted) = (InputFilter::default(), Vec::new(), Vec::new());
        let mut trace = Vec::new();
        for _ in 0..1 + dice.below(6) {
            match dice.below(5) {
                0 | 1 => {
                    let Typed { bytes, event, needs_quiet } = typed(&mut dice);
                    trace.push(String::from_utf8_lossy(&bytes).into_owned());
                    feed(&mut filter, &mut dice, &bytes, &mut heard);
                    wanted.push(TerminalEvent::Event(event));
                    if needs_quiet || dice.below(3) == 0 {
                        trace.push("(quiet)".to_owned());
                        heard.extend(filter.quiet());
                    }
                    assert!(!needs_quiet || filter.timeout().is_none());
                }
                2 | 3 => {
                    let (mut bytes, end) = answer(&mut dice);
                    bytes.extend(end);
                    trace.push(String::from_utf8_lossy(&bytes).into_owned());
                    feed(&mut filter, &mut dice, &bytes, &mut heard);
                }
                // A reply that never ends, or whose terminator comes too late.
                _ => {
                    let (bytes, end) = answer(&mut dice);
                    trace.push(String::from_utf8_lossy(&bytes).into_owned());
                    let cut = bytes.len() - bytes.len() / 3;
                    let comes_late = dice.below(2) == 0 && cut > 3 && cut + 2 < bytes.len() && bytes[cut] < 0x80;
                    let first = if comes_late { cut } else { bytes.len() };
                    feed(&mut filter, &mut dice, &bytes[..first], &mut heard);
                    heard.extend(filter.quiet());
                    if comes_late {
                        heard.extend(filter.feed(&[&bytes[cut..], &end].concat()));
                    } else {
                        // The next read is a single key.
                        heard.extend(filter.feed(b"j"));
                        wanted.push(TerminalEvent::Event(plain('j')));
                    }
                }
            }
        }
        heard.extend(filter.quiet());
        // Some replies may report a light or dark background by chance.
        heard.retain(|heard| matches!(heard, TerminalEvent::Event(_)));
        assert_eq!(heard, wanted, "round {round}: {trace:?}");
    }
}

/// Replies of every kind, also to queries that this program never sends.
const ANSWERS: &[&[u8]] = &[
    // Modes (2031 is light or dark), with 7-bit and 8-bit controls.
    b"\x1b[?25;1$y",
    b"\x1b[?2004;2$y",
    b"\x9b?2031;0$y",
    b"\xc2\x9b?69;4$y",
    // The terminal's name and version.
    b"\x1bP>|EmuTerm 3.1\x1b\\",
    b"\x90>|XXXX>>>>qqqq\x9c",
    b"\x1bP!|45585858\x1b\\",
    // Settings and capabilities.
    b"\x1bP1$r0;4x q\x1b\\",
    b"\x1bP0$r\x07",
    b"\x1bP1+r436f=323536\x1b\\",
    // Attributes.
    b"\x1b[?64;1;9;15c",
    b"\x1b[>41;390;0c",
    b"\x1b[=7c",
    // Positions, sizes, states.
    b"\x1b[12;40R",
    b"\x1b[?12;40;1R",
    b"\x1b[0n",
    b"\x1b[6;18;9t",
    b"\x1b[8;24;80t",
    b"\x1b[3;1;1;128;128;1;0x",
    b"\x1b[?1u",
    b"\x1b[?2;0;1000S",
    // Pictures, colours, the clipboard, and unknown sequences.
    b"\x1b_Gi=7;ENOENT:x\x1b\\",
    b"\x1b]10;rgb:1111/2222/3333\x07",
    b"\x1b]4;7;rgb:ee/ee/ee\x1b\\",
    b"\x1b]52;c;eHhxcQ==\x07",
    b"\x1b]lxx qq\x9c",
    b"\x1bXxxqq\x1b\\",
    b"\x1b^xxqq\x1b\\",
];

#[test]
fn replies_change_nothing_and_keys_still_work() {
    let dir = dir();
    let log = dir.path().join("log.md");
    let before = std::fs::read_to_string(&log).unwrap();
    let mut run = Run::papers(&["log.md"], dir.path());
    run.sees("Gnu: A Model").types("3");
    for answer in ANSWERS {
        run.types_bytes(answer);
        // In pieces, as over a slow connection.
        answer.iter().for_each(|&byte| run.types_bytes(&[byte]));
    }
    run.types("x").sees("☑ Elk").sees("saved").types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
    assert_eq!(std::fs::read_to_string(&log).unwrap(), before.replace("[ ] Elk", "[x] Elk"));
}

#[test]
fn a_reply_alone_yields_no_event() {
    let events = |mut heard: Vec<TerminalEvent>| {
        // The terminal's name and attributes are reported to the program, but not as keys.
        heard.retain(|heard| !matches!(heard, TerminalEvent::Answer(_)));
        heard
    };
    for answer in ANSWERS {
        let mut filter = InputFilter::default();
        assert_eq!((events(filter.feed(answer)), filter.timeout()), (Vec::new(), None), "{answer:?}");
        // The last four bytes arrive late.
        let (first, late) = answer.split_at(answer.len() - 4);
        if answer.len() > 7 {
            assert_eq!(filter.feed(first), Vec::new());
            assert_eq!(filter.quiet(), Vec::new());
            assert_eq!(events(filter.feed(late)), Vec::new(), "{answer:?}");
        }
    }
}

#[test]
fn a_background_colour_reply_is_used_at_any_time() {
    let background = |shade| vec![TerminalEvent::Background(shade)];
    let mut filter = InputFilter::default();
    assert_eq!(filter.feed(b"\x1b]11;rgb:ffff/fdfd/f0f0\x1b\\"), background(Shade::Light));
    assert_eq!(filter.feed(b"\x9d11;rgb:00/00/00\x9c"), background(Shade::Dark));
    assert_eq!(filter.feed(b"\x1b[?997;2n"), background(Shade::Light));
    assert_eq!(filter.feed(b"\x1b[?997;1n"), background(Shade::Dark));
    assert_eq!(filter.feed(b"\x1b]11;rgb:"), []);
    assert_eq!(filter.quiet(), []);
    assert_eq!(filter.feed(b"ff/ff/ff\x07"), background(Shade::Light));
}

#[test]
fn the_tail_of_a_reply_read_by_the_editor_is_not_a_key() {
    for late in [&b"kitty(0.35.2)\x1b\\"[..], b";4000;29c", b"18;9t", b"2 q\x1b\\", b"rgb:00/00/00\x07"] {
        let mut filter = InputFilter::default();
        filter.begin_anew();
        assert_eq!(filter.feed(late), [], "{late:?}");
        assert_eq!(filter.feed(b"j"), [TerminalEvent::Event(plain('j'))]);
    }
    for keys in ["j", "q", "\x1b[A", "jx", "c", "\x1b"] {
        let (mut filter, mut fresh) = (InputFilter::default(), InputFilter::default());
        filter.begin_anew();
        let heard = [filter.feed(keys.as_bytes()), filter.quiet()];
        assert_eq!(heard, [fresh.feed(keys.as_bytes()), fresh.quiet()], "{keys:?}");
    }
}
