//! Choosing a theme and the language. The colours of a theme are known to `ui` only.

use super::picker::{Picker, PickerRow, PickerTarget};
use crate::app::{App, Effect, Overlay};
use crate::say;
use crate::words::Language;

/// The theme that follows the terminal's background.
const AUTO: &str = "auto";

/// Theme names and the current choice.
#[derive(Debug)]
pub struct ThemeList {
    /// All themes.
    pub names: Vec<String>,
    /// The current theme.
    pub chosen: String,
    /// The theme that the next start will use whatever is chosen now; `None` if the choice is saved.
    pub fixed: Option<String>,
}

impl Default for ThemeList {
    fn default() -> Self {
        Self { names: Vec::new(), chosen: AUTO.to_owned(), fixed: None }
    }
}

impl App {
    /// The theme to draw with: in the list of themes, the one under the cursor.
    pub fn theme(&self) -> &str {
        let picker = match self.overlays.last() {
            Some(Overlay::Picker(picker)) => picker.choice(),
            _ => None,
        };
        match picker.map(|choice| &choice.target) {
            Some(PickerTarget::Theme(name)) => name,
            _ => &self.themes.chosen,
        }
    }

    /// Lists the themes with the cursor on the current one.
    pub(in crate::app) fn list_themes(&mut self) -> Vec<Effect> {
        let detail = |name: &str| match name {
            AUTO => self.language.pick("dark or light, to match the terminal", "随终端使用深色或浅色"),
            _ => "",
        };
        let rows = self.themes.names.iter();
        let rows = rows
            .map(|name| PickerRow::choice(name.as_str(), detail(name), PickerTarget::Theme(name.clone())))
            .collect();
        let Some(mut picker) = Picker::new(self.language.pick("Theme", "配色主题"), rows) else {
            return Vec::new();
        };
        let chosen = self.themes.names.iter().position(|name| *name == self.themes.chosen);
        picker.cursor = chosen.unwrap_or(picker.cursor);
        self.overlays.push(Overlay::Picker(picker));
        Vec::new()
    }

    /// Switches to a theme; tells the user if the choice will not last beyond this run.
    pub(in crate::app) fn take_theme(&mut self, name: String) -> Vec<Effect> {
        let said = self.themes.fixed.as_ref().filter(|fixed| **fixed != name).map(|_| {
            say!(
                self.language,
                "“{name}” until you quit; to keep it, set “theme” in your settings",
                "“{name}”仅在本次运行中有效；如需保留，请修改设置中的“theme”"
            )
        });
        self.themes.chosen = name;
        said.map_or_else(Vec::new, |said| self.tell(said))
    }

    /// Sets the interface language.
    pub fn set_language(&mut self, language: Language) {
        self.language = language;
        self.revision += 1;
        self.lay_out();
    }

    /// Switches to the other interface language.
    pub(in crate::app) fn switch_language(&mut self) -> Vec<Effect> {
        self.set_language(self.language.other());
        let said = match self.is_language_fixed {
            false => self.language.pick("The interface is in English", "界面语言：简体中文"),
            true => {
                self.language.pick("The interface is in English until you quit", "界面语言：简体中文（仅本次运行）")
            }
        };
        self.tell(said.to_owned())
    }
}
