//! Chooses how to show pictures in this terminal.
//!
//! At first the environment decides, since most terminals that show pictures set a variable. The terminal is also
//! queried after the first frame, without waiting; its reply arrives among the keys and may change the choice. The
//! operating system reports the size of a cell in pixels.
//!
//! | terminal | recognised by | pictures |
//! |---|---|---|
//! | kitty from 0.28 on, Ghostty | its name and version, `TERM`, `TERM_PROGRAM` | kitty's, with Unicode placeholders |
//! | WezTerm, iTerm2, mintty, rio | its name, `TERM_PROGRAM`, `LC_TERMINAL` | iTerm2's |
//! | foot, mlterm, and all that report sixel | its name and attributes, `TERM` | sixel |
//! | anything inside tmux or screen; all others | | half blocks |
//! | fewer than 256 colours and no sixel, such as the Linux console; `NO_COLOR` | | none |
//!
//! tmux is not queried, since it answers as if it were another terminal. kitty's own query is not used: it does not
//! tell whether Unicode placeholders work, and some terminals print it.

use crate::words::Sentence;

/// Queries the terminal's name and version (XTVERSION) and attributes (DA1).
pub(crate) const QUESTION: &[u8] = b"\x1b[>0q\x1b[c";

/// The first version of kitty with Unicode placeholders.
const KITTY_PLACES: (u32, u32) = (0, 28);

/// A reply about the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalReply {
    /// The terminal's name, usually with its version: `kitty(0.26.5)`, `WezTerm 20240203`.
    Name(String),
    /// The terminal's attributes.
    Attributes {
        /// Whether the terminal supports sixel.
        sixel: bool,
    },
}

/// What the replies so far have told about the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TerminalReplies {
    name: String,
    has_sixel: bool,
}

impl TerminalReplies {
    /// Stores a reply.
    pub fn take(&mut self, answer: TerminalReply) {
        match answer {
            TerminalReply::Name(name) => self.name = name,
            TerminalReply::Attributes { sixel } => self.has_sixel = sixel,
        }
    }
}

/// Parses the reply to XTVERSION, without introducer and terminator: `>|kitty(0.26.5)`.
pub(crate) fn name(text: &str) -> Option<TerminalReply> {
    text.strip_prefix(">|").map(|name| TerminalReply::Name(name.to_owned()))
}

/// Parses the reply to DA1, without introducer and final `c`: `?62;4;22`.
pub(crate) fn attributes(parameters: &str) -> Option<TerminalReply> {
    let all = parameters.strip_prefix('?')?;
    // The first is the terminal's conformance level.
    Some(TerminalReply::Attributes { sixel: all.split(';').skip(1).any(|attribute| attribute == "4") })
}

/// The user's setting for pictures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum PictureSetting {
    /// The best that the terminal supports.
    #[default]
    Auto,
    /// No pictures.
    Off,
    /// Always this protocol, whatever the terminal.
    Only(Protocol),
}

impl std::str::FromStr for PictureSetting {
    type Err = Sentence;

    fn from_str(text: &str) -> Result<Self, Sentence> {
        match text {
            "" | "auto" | "on" => Ok(Self::Auto),
            "off" => Ok(Self::Off),
            "halfblocks" => Ok(Self::Only(Protocol::HalfBlocks)),
            "kitty" => Ok(Self::Only(Protocol::Kitty)),
            "sixel" => Ok(Self::Only(Protocol::Sixel)),
            "iterm2" => Ok(Self::Only(Protocol::Iterm2)),
            _ => Err(Sentence::new(
                "not one of auto, off, kitty, sixel, iterm2, halfblocks".to_owned(),
                "应为 auto、off、kitty、sixel、iterm2 或 halfblocks".to_owned(),
            )),
        }
    }
}

/// A graphics protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Two pixels per cell: the foreground and background of `▀`.
    HalfBlocks,
    /// kitty's graphics, with Unicode placeholders.
    Kitty,
    /// DEC's sixel graphics.
    Sixel,
    /// iTerm2's inline pictures.
    Iterm2,
}

/// How to show pictures on the current screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSupport {
    /// The protocol.
    pub protocol: Protocol,
    /// Width and height of a cell in pixels; half blocks only use its proportions.
    pub cell: (u16, u16),
}

/// A typical cell in pixels, for when its size is unknown.
const USUAL_CELL: (u16, u16) = (10, 20);

/// Chooses how to show pictures; `None` for no pictures. `variable` reads an environment variable; `cell` is the size
/// of a cell in pixels, if known.
pub(crate) fn choose(
    setting: PictureSetting,
    variable: impl Fn(&str) -> String,
    answers: &TerminalReplies,
    has_colours: bool,
    cell: Option<(u16, u16)>,
) -> Option<PictureSupport> {
    let is_plain = !variable("NO_COLOR").is_empty();
    let best = || native(&variable, answers).filter(|_| cell.is_some());
    let protocol = match setting {
        PictureSetting::Off => return None,
        PictureSetting::Only(protocol) => protocol,
        PictureSetting::Auto if has_colours => best().unwrap_or(Protocol::HalfBlocks),
        // Sixel brings its own palette, so it works even if text has few colours.
        PictureSetting::Auto => best().filter(|&best| best == Protocol::Sixel && answers.has_sixel && !is_plain)?,
    };
    Some(PictureSupport { protocol, cell: cell.unwrap_or(USUAL_CELL) })
}

/// Whether this program runs inside tmux or screen.
pub(crate) fn is_inside_another(variable: impl Fn(&str) -> String) -> bool {
    !variable("TMUX").is_empty() || ["tmux", "screen"].iter().any(|name| variable("TERM").starts_with(name))
}

fn native(variable: impl Fn(&str) -> String, answers: &TerminalReplies) -> Option<Protocol> {
    if is_inside_another(&variable) {
        return None;
    }
    let sixel = answers.has_sixel.then_some(Protocol::Sixel);
    match by_name(&answers.name) {
        Some(native) => native.or(sixel),
        None => by_environment(variable).or(sixel),
    }
}

/// The protocol for a terminal's reported name: `None` if the name is unknown, `Some(None)` if the terminal has no
/// protocol.
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
    // TERM first: unlike the others, it is not inherited from an outer terminal.
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
    fn check_answers(environment: &[(&str, &str)], given: &[TerminalReply], wanted: Protocol) {
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map_or(String::new(), |(_, value)| (*value).to_owned())
        };
        let mut answers = TerminalReplies::default();
        given.iter().cloned().for_each(|answer| answers.take(answer));
        let screen = choose(PictureSetting::Auto, variable, &answers, true, Some(CELL));
        assert_eq!(screen, Some(PictureSupport { protocol: wanted, cell: CELL }), "{environment:?} {given:?}");
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
        // The variable is inherited: another terminal was started from kitty.
        check(&[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")], Protocol::HalfBlocks);
        check(&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "tmux"), ("LC_TERMINAL", "iTerm2")], Protocol::HalfBlocks);
        check(&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux-0/default,1,0")], Protocol::HalfBlocks);
    }

    #[test]
    fn replies_override_the_environment() {
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
        // The attributes may come from the outer terminal.
        check_answers(&[("TERM", "tmux-256color"), ("TMUX", "/tmp/x")], &[attributes("?1;2;4")], Protocol::HalfBlocks);
    }

    #[test]
    fn settings_override_detection() {
        let none = TerminalReplies::default();
        let kitty = |name: &str| if name == "TERM" { "xterm-kitty".to_owned() } else { String::new() };
        assert_eq!(choose(PictureSetting::Off, kitty, &none, true, Some(CELL)), None);
        assert_eq!(choose(PictureSetting::Auto, kitty, &none, false, Some(CELL)), None);
        let unknown = choose(PictureSetting::Auto, kitty, &none, true, None);
        assert_eq!(unknown, Some(PictureSupport { protocol: Protocol::HalfBlocks, cell: USUAL_CELL }));
        let sixel = choose(PictureSetting::Only(Protocol::Sixel), kitty, &none, false, Some(CELL));
        assert_eq!(sixel.map(|screen| screen.protocol), Some(Protocol::Sixel));
        let mut sixel = TerminalReplies::default();
        sixel.take(TerminalReply::Attributes { sixel: true });
        let xterm = |name: &str| if name == "TERM" { "xterm".to_owned() } else { String::new() };
        let shown = choose(PictureSetting::Auto, xterm, &sixel, false, Some(CELL)).map(|screen| screen.protocol);
        assert_eq!(shown, Some(Protocol::Sixel));
        assert_eq!(choose(PictureSetting::Auto, |_| "1".to_owned(), &sixel, false, Some(CELL)), None);
        assert_eq!("off".parse(), Ok(PictureSetting::Off));
        assert!("png".parse::<PictureSetting>().is_err());
    }
}
