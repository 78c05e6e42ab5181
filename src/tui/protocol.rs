//! How this terminal shows pictures.
//!
//! At first the environment decides, since every terminal that shows pictures names itself there. The
//! terminal is asked too, after the first frame, and nobody waits: what it answers is found among the
//! keys, and may change the choice. The size of a cell in pixels comes from the system, which knows it
//! from the terminal.
//!
//! | terminal | told by | pictures |
//! |---|---|---|
//! | kitty from 0.28 on, Ghostty | its name and version, `TERM`, `TERM_PROGRAM` | kitty's, placed by characters |
//! | WezTerm, iTerm2, mintty, rio | its name, `TERM_PROGRAM`, `LC_TERMINAL` | iTerm2's |
//! | foot, mlterm, and all that say that they know sixel | its attributes, `TERM` | sixel |
//! | anything inside tmux or screen; all others | | half blocks |
//! | fewer than 256 colours, the Linux console | | none |
//!
//! tmux is not asked: it answers for a terminal that it is not. kitty's own question is not asked
//! either: it tells nothing of placing by characters, and some terminals print it.

/// Asks for the terminal's name and version (XTVERSION), and for its attributes (DA1).
pub(crate) const QUESTION: &[u8] = b"\x1b[>0q\x1b[c";

/// kitty places pictures by characters from this version on.
const KITTY_PLACES: (u32, u32) = (0, 28);

/// What a terminal says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Its name, mostly with its version: `kitty(0.26.5)`, `WezTerm 20240203`.
    Name(String),
    /// Its attributes: whether it knows sixel graphics.
    Attributes {
        /// Whether sixel is among them.
        sixel: bool,
    },
}

/// All that it has said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    name: String,
    has_sixel: bool,
}

impl Answers {
    /// Takes one in.
    pub fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Name(name) => self.name = name,
            Answer::Attributes { sixel } => self.has_sixel = sixel,
        }
    }
}

/// The answer in a control string, without its introducer and end: `>|kitty(0.26.5)`.
pub fn name(text: &str) -> Option<Answer> {
    text.strip_prefix(">|").map(|name| Answer::Name(name.to_owned()))
}

/// The answer in the parameters of a control sequence that ends in `c`: `?62;4;22`.
pub fn attributes(parameters: &str) -> Option<Answer> {
    let all = parameters.strip_prefix('?')?;
    // The first tells the kind of terminal.
    Some(Answer::Attributes { sixel: all.split(';').skip(1).any(|attribute| attribute == "4") })
}

/// What the user wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Setting {
    /// Whatever is best here.
    #[default]
    Auto,
    /// No pictures.
    Off,
    /// This way, whatever the terminal says it is.
    Only(Protocol),
}

impl std::str::FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "" | "auto" | "on" => Ok(Self::Auto),
            "off" => Ok(Self::Off),
            "halfblocks" => Ok(Self::Only(Protocol::HalfBlocks)),
            "kitty" => Ok(Self::Only(Protocol::Kitty)),
            "sixel" => Ok(Self::Only(Protocol::Sixel)),
            "iterm2" => Ok(Self::Only(Protocol::Iterm2)),
            _ => Err("not one of auto, off, kitty, sixel, iterm2, halfblocks".to_owned()),
        }
    }
}

/// A way to show a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Two pixels a cell, as the two colours of `▀`.
    HalfBlocks,
    /// kitty's graphics, placed by characters.
    Kitty,
    /// DEC's sixel graphics.
    Sixel,
    /// iTerm2's inline pictures.
    Iterm2,
}

/// How pictures are shown, and the width and height of a cell in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// The way.
    pub protocol: Protocol,
    /// In pixels. Half blocks want no more of it than its proportions.
    pub cell: (u16, u16),
}

/// What most cells look like, where nobody knows.
const USUAL_CELL: (u16, u16) = (10, 20);

/// Decides. `variable` looks up the environment; `cell` is what the system says of a cell.
pub fn choose(
    setting: Setting,
    variable: impl Fn(&str) -> String,
    answers: &Answers,
    has_colours: bool,
    cell: Option<(u16, u16)>,
) -> Option<Screen> {
    let is_plain = !variable("NO_COLOR").is_empty();
    let best = || native(&variable, answers).filter(|_| cell.is_some());
    let protocol = match setting {
        Setting::Off => return None,
        Setting::Only(protocol) => protocol,
        Setting::Auto if has_colours => best().unwrap_or(Protocol::HalfBlocks),
        // Sixel brings its own colours, however few the terminal has for text.
        Setting::Auto => best().filter(|&best| best == Protocol::Sixel && answers.has_sixel && !is_plain)?,
    };
    Some(Screen { protocol, cell: cell.unwrap_or(USUAL_CELL) })
}

/// Whether another program stands between this one and the terminal.
pub(crate) fn is_inside_another(variable: impl Fn(&str) -> String) -> bool {
    !variable("TMUX").is_empty() || ["tmux", "screen"].iter().any(|name| variable("TERM").starts_with(name))
}

fn native(variable: impl Fn(&str) -> String, answers: &Answers) -> Option<Protocol> {
    if is_inside_another(&variable) {
        return None;
    }
    let sixel = answers.has_sixel.then_some(Protocol::Sixel);
    match by_name(&answers.name) {
        Some(native) => native.or(sixel),
        None => by_environment(variable).or(sixel),
    }
}

/// By the name that a terminal gives itself; nothing for one that is not known.
fn by_name(name: &str) -> Option<Option<Protocol>> {
    let known = name.split([' ', '(']).next().unwrap_or_default().to_ascii_lowercase();
    Some(match known.as_str() {
        "kitty" => (version(name) >= Some(KITTY_PLACES)).then_some(Protocol::Kitty),
        "ghostty" => Some(Protocol::Kitty),
        "wezterm" | "iterm2" | "mintty" | "rio" => Some(Protocol::Iterm2),
        "foot" => Some(Protocol::Sixel),
        _ => return None,
    })
}

/// The first two numbers in a name: `kitty(0.26.5)`.
fn version(name: &str) -> Option<(u32, u32)> {
    let mut numbers = name.split(|c: char| !c.is_ascii_digit()).filter(|text| !text.is_empty());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn by_environment(variable: impl Fn(&str) -> String) -> Option<Protocol> {
    // TERM first: unlike the others it is not left over from a terminal further out.
    match variable("TERM").as_str() {
        "xterm-kitty" | "xterm-ghostty" => return Some(Protocol::Kitty),
        "foot" | "foot-extra" | "mlterm" | "mlterm-256color" | "xterm-vt340" => return Some(Protocol::Sixel),
        _ => {}
    }
    match variable("TERM_PROGRAM").as_str() {
        "ghostty" => Some(Protocol::Kitty),
        "WezTerm" | "iTerm.app" | "mintty" | "rio" => Some(Protocol::Iterm2),
        _ if variable("LC_TERMINAL") == "iTerm2" => Some(Protocol::Iterm2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: (u16, u16) = (9, 18);

    fn check(environment: &[(&str, &str)], wanted: Protocol) {
        check_answers(environment, &[], wanted);
    }

    #[track_caller]
    fn check_answers(environment: &[(&str, &str)], given: &[Answer], wanted: Protocol) {
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map_or(String::new(), |(_, value)| (*value).to_owned())
        };
        let mut answers = Answers::default();
        given.iter().cloned().for_each(|answer| answers.take(answer));
        let screen = choose(Setting::Auto, variable, &answers, true, Some(CELL));
        assert_eq!(screen, Some(Screen { protocol: wanted, cell: CELL }), "{environment:?} {given:?}");
    }

    #[test]
    fn terminals_name_themselves() {
        check(&[("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")], Protocol::Kitty);
        check(&[("TERM", "xterm-ghostty"), ("TERM_PROGRAM", "ghostty")], Protocol::Kitty);
        check(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], Protocol::Iterm2);
        check(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], Protocol::Iterm2);
        check(&[("TERM", "xterm-256color"), ("LC_TERMINAL", "iTerm2")], Protocol::Iterm2);
        check(&[("TERM", "foot")], Protocol::Sixel);
        check(&[("TERM", "xterm-256color")], Protocol::HalfBlocks);
        // Left over from a kitty in which another terminal was started.
        check(&[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")], Protocol::HalfBlocks);
        check(&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "tmux"), ("LC_TERMINAL", "iTerm2")], Protocol::HalfBlocks);
        check(&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux-0/default,1,0")], Protocol::HalfBlocks);
    }

    #[test]
    fn what_a_terminal_answers_tells_more_than_the_environment() {
        let name = |text: &str| name(&format!(">|{text}")).expect("a name");
        let attributes = |text: &str| attributes(text).expect("attributes");
        let kitty = [("TERM", "xterm-kitty")];
        check_answers(&kitty, &[name("kitty(0.26.5)"), attributes("?62;c")], Protocol::HalfBlocks);
        check_answers(&kitty, &[name("kitty(0.35.2)")], Protocol::Kitty);
        let xterm = [("TERM", "xterm-256color")];
        check_answers(&xterm, &[name("XTerm(379)"), attributes("?64;1;2;4;6")], Protocol::Sixel);
        check_answers(&xterm, &[name("XTerm(379)"), attributes("?64;1;2;6;14;44")], Protocol::HalfBlocks);
        check_answers(&xterm, &[attributes("?4;6")], Protocol::HalfBlocks);
        check_answers(&xterm, &[name("ghostty 1.0.1")], Protocol::Kitty);
        check_answers(&xterm, &[name("WezTerm 20240203-110809-5046fc22")], Protocol::Iterm2);
        // What another terminal further out says of itself.
        check_answers(&[("TERM", "tmux-256color"), ("TMUX", "/tmp/x")], &[attributes("?1;2;4")], Protocol::HalfBlocks);
    }

    #[test]
    fn settings_prevail_and_pixels_need_a_cell() {
        let none = Answers::default();
        let kitty = |name: &str| if name == "TERM" { "xterm-kitty".to_owned() } else { String::new() };
        assert_eq!(choose(Setting::Off, kitty, &none, true, Some(CELL)), None);
        assert_eq!(choose(Setting::Auto, kitty, &none, false, Some(CELL)), None);
        let unknown = choose(Setting::Auto, kitty, &none, true, None);
        assert_eq!(unknown, Some(Screen { protocol: Protocol::HalfBlocks, cell: USUAL_CELL }));
        let sixel = choose(Setting::Only(Protocol::Sixel), kitty, &none, false, Some(CELL));
        assert_eq!(sixel.map(|screen| screen.protocol), Some(Protocol::Sixel));
        let mut sixel = Answers::default();
        sixel.take(Answer::Attributes { sixel: true });
        let xterm = |name: &str| if name == "TERM" { "xterm".to_owned() } else { String::new() };
        let shown = choose(Setting::Auto, xterm, &sixel, false, Some(CELL)).map(|screen| screen.protocol);
        assert_eq!(shown, Some(Protocol::Sixel));
        assert_eq!(choose(Setting::Auto, |_| "1".to_owned(), &sixel, false, Some(CELL)), None);
        assert_eq!("off".parse(), Ok(Setting::Off));
        assert!("png".parse::<Setting>().is_err());
    }
}
