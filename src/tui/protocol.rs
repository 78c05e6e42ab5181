//! How this terminal shows pictures, decided before anything is asked of it.
//!
//! A terminal could be asked. But one that does not know the question stays silent or
//! prints it, tmux answers for a terminal that it is not, over a slow link the answer comes
//! late, and whoever waits for it takes keys that were meant for the program. So the
//! environment decides: every terminal that shows pictures names itself there. The size of
//! a cell in pixels comes from the system, which knows it from the terminal.
//!
//! | terminal | told by | pictures |
//! |---|---|---|
//! | kitty, Ghostty | `TERM`, `TERM_PROGRAM` | kitty's, placed by characters |
//! | WezTerm, iTerm2, mintty, rio | `TERM_PROGRAM`, `LC_TERMINAL` | iTerm2's |
//! | foot, mlterm, an xterm named for a VT340 | `TERM` | sixel |
//! | anything inside tmux or screen; all others | | half blocks |
//! | fewer than 256 colours, the Linux console | | none |
//!
//! kitty places pictures by characters from version 0.28 on; for an older one the setting
//! can ask for half blocks. An `xterm -ti vt340` does not say what it is unless it is also told `-tn xterm-vt340`:
//! half blocks are right there too, and the setting can ask for sixel.

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
    has_colours: bool,
    cell: Option<(u16, u16)>,
) -> Option<Screen> {
    let protocol = match setting {
        Setting::Off => return None,
        Setting::Only(protocol) => protocol,
        Setting::Auto if !has_colours => return None,
        Setting::Auto => native(variable).filter(|_| cell.is_some()).unwrap_or(Protocol::HalfBlocks),
    };
    Some(Screen { protocol, cell: cell.unwrap_or(USUAL_CELL) })
}

fn native(variable: impl Fn(&str) -> String) -> Option<Protocol> {
    let term = variable("TERM");
    let is_inside_another =
        !variable("TMUX").is_empty() || ["tmux", "screen"].iter().any(|name| term.starts_with(name));
    if is_inside_another {
        return None;
    }
    // TERM first: unlike the others it is not left over from a terminal further out.
    match term.as_str() {
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

    #[track_caller]
    fn check(environment: &[(&str, &str)], wanted: Protocol) {
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map_or(String::new(), |(_, value)| (*value).to_owned())
        };
        let screen = choose(Setting::Auto, variable, true, Some(CELL));
        assert_eq!(screen, Some(Screen { protocol: wanted, cell: CELL }), "{environment:?}");
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
    fn settings_prevail_and_pixels_need_a_cell() {
        let kitty = |name: &str| if name == "TERM" { "xterm-kitty".to_owned() } else { String::new() };
        assert_eq!(choose(Setting::Off, kitty, true, Some(CELL)), None);
        assert_eq!(choose(Setting::Auto, kitty, false, Some(CELL)), None);
        let unknown = choose(Setting::Auto, kitty, true, None);
        assert_eq!(unknown, Some(Screen { protocol: Protocol::HalfBlocks, cell: USUAL_CELL }));
        let sixel = choose(Setting::Only(Protocol::Sixel), kitty, false, Some(CELL));
        assert_eq!(sixel.map(|screen| screen.protocol), Some(Protocol::Sixel));
        assert_eq!("off".parse(), Ok(Setting::Off));
        assert!("png".parse::<Setting>().is_err());
    }
}
