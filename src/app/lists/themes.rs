//! The choice of a theme. Which colours a name means is not known here.

use super::picker::{Picker, Row, Target};
use crate::app::{App, Effect, Overlay};
use crate::say;
use crate::words::Language;

/// The theme that suits the terminal.
const AUTO: &str = "auto";

/// The names of themes.
#[derive(Debug)]
pub struct Themes {
    /// All that can be chosen.
    pub names: Vec<String>,
    /// The one that is chosen.
    pub chosen: String,
    /// The one that the next start begins with, where that is not the one that is chosen.
    pub fixed: Option<String>,
}

impl Default for Themes {
    fn default() -> Self {
        Self { names: Vec::new(), chosen: AUTO.to_owned(), fixed: None }
    }
}

impl App {
    /// The name of the theme to draw in: where one is being chosen, the one under the cursor.
    pub fn theme(&self) -> &str {
        let picker = match self.overlays.last() {
            Some(Overlay::Picker(picker)) => picker.choice(),
            _ => None,
        };
        match picker.map(|choice| &choice.target) {
            Some(Target::Theme(name)) => name,
            _ => &self.themes.chosen,
        }
    }

    /// Lists the themes, with the cursor on the one that is chosen.
    pub(in crate::app) fn list_themes(&mut self) -> Vec<Effect> {
        let detail = |name: &str| match name {
            AUTO => self.language.pick("same as the terminal", "随终端"),
            _ => "",
        };
        let rows = self.themes.names.iter();
        let rows = rows.map(|name| Row::choice(name.as_str(), detail(name), Target::Theme(name.clone()))).collect();
        let Some(mut picker) = Picker::new(self.language.pick("Theme", "主题"), rows) else { return Vec::new() };
        let chosen = self.themes.names.iter().position(|name| *name == self.themes.chosen);
        picker.cursor = chosen.unwrap_or(picker.cursor);
        self.overlays.push(Overlay::Picker(picker));
        Vec::new()
    }

    /// Draws in this theme from now on; says where it is another one at the next start.
    pub(in crate::app) fn take_theme(&mut self, name: String) -> Vec<Effect> {
        let said = self.themes.fixed.as_ref().filter(|fixed| **fixed != name).map(|fixed| {
            say!(
                self.language,
                "“{name}” until you quit: your settings say theme = \"{fixed}\"",
                "“{name}”只用到退出为止：设置中写着 theme = \"{fixed}\""
            )
        });
        self.themes.chosen = name;
        said.map_or_else(Vec::new, |said| self.tell(said))
    }

    /// Speaks this language from now on.
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
        self.revision += 1;
        self.lay_out();
    }

    /// Goes on in the other language.
    pub(in crate::app) fn switch_language(&mut self) -> Vec<Effect> {
        self.set_language(self.language.other());
        let said = match self.is_language_fixed {
            false => self.language.pick("The interface is in English", "界面语言：简体中文"),
            true => {
                self.language.pick("The interface is in English until you quit", "界面语言：简体中文（到退出为止）")
            }
        };
        self.tell(said.to_owned())
    }
}
