//! Text input: applies edits as the user types, and accepts prompts on Enter. Also searches the page.

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::keys::key::{Code, KeyPress};
use crate::app::lists::field::Field;
use crate::app::lists::prompt::{Prompt, Purpose};
use crate::app::page::search::PageSearch;
use crate::app::panes::filter::ItemFilter;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect, Overlay};
use crate::say;

impl App {
    /// Edits the focused text field and updates what depends on it.
    pub(in crate::app) fn edit(&mut self, change: impl FnOnce(&mut Field) -> bool) -> Vec<Effect> {
        let Some(field) = self.overlays.last_mut().and_then(Overlay::field) else { return Vec::new() };
        if !change(field) {
            return Vec::new();
        }
        match self.overlays.last_mut() {
            Some(Overlay::Finder(_)) => return self.finder_edited(),
            Some(Overlay::Everywhere(everywhere)) => (everywhere.cursor, everywhere.view) = Default::default(),
            Some(Overlay::Palette(palette)) => palette.menu.search(),
            Some(Overlay::Logs(logs)) => logs.menu.search(),
            Some(Overlay::Prompt(Prompt { purpose: Purpose::SearchPage { from }, field, .. })) => {
                self.reader.search = Some(PageSearch::new(&self.reader.lines, field.text(), *from));
                self.show_hit();
            }
            Some(Overlay::Prompt(Prompt { purpose: Purpose::FilterItems { before }, field, .. })) => {
                let filter = ItemFilter { query: field.text().trim().to_owned(), ..before.clone() };
                self.set_filter(filter);
            }
            Some(Overlay::Prompt(Prompt { purpose: Purpose::NarrowSheet, field, .. })) => {
                let words = field.text().to_owned();
                self.narrow_sheet(words);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Removes the finder's last filter on Backspace at the start of the input. Returns whether it did.
    pub(in crate::app) fn remove_last_filter(&mut self, key: KeyPress) -> bool {
        let Some(Overlay::Finder(finder)) = self.overlays.last_mut() else { return false };
        let removes =
            key == KeyPress::plain(Code::Backspace) && finder.field.is_at_start() && !finder.filters.is_empty();
        if removes {
            finder.remove_filter();
        }
        removes
    }

    /// Accepts the input of the prompt.
    pub(in crate::app) fn accept(&mut self) -> Vec<Effect> {
        if let Some(effects) = self.take_title(true) {
            return effects;
        }
        let Some(Overlay::Prompt(Prompt { purpose, field, pdf_info, .. })) = self.overlays.pop() else {
            return Vec::new();
        };
        let answer = field.text().trim().to_owned();
        match purpose {
            Purpose::SearchPage { .. } => self.end_search(),
            Purpose::NameReference(id) => {
                let message = match answer.as_str() {
                    "" if self.aliases.title(&id).is_none() => {
                        say!(self.language, "[{id}] still has no name", "[{id}] 仍没有标题")
                    }
                    "" => say!(self.language, "Removed the name of [{id}]", "已删除 [{id}] 的标题"),
                    title => say!(self.language, "[{id}] is “{title}”", "[{id}] 的标题是“{title}”"),
                };
                let mut effects = self.tell(message);
                effects.push(Effect::NameReference { id, title: answer });
                effects
            }
            Purpose::FilterItems { .. } | Purpose::NarrowSheet => Vec::new(),
            Purpose::AddItem { file, place } => self.add_item(file, place, &answer),
            Purpose::EditItem { file, target } => self.reword(file, target, &answer),
            Purpose::Title => self.log_title(&answer, pdf_info.facts(&answer)),
            Purpose::Day(draft) => self.log_on_typed_day(draft, &answer),
        }
    }

    /// Opens the prompt for searching the page.
    pub(in crate::app) fn search_page(&mut self) {
        self.focus = Pane::Summary;
        let purpose = Purpose::SearchPage { from: self.reader.view.top };
        self.overlays.push(Overlay::Prompt(Prompt::new(purpose, "")));
    }

    fn end_search(&mut self) -> Vec<Effect> {
        match self.reader.search.take() {
            Some(search) if search.query.is_empty() => Vec::new(),
            Some(search) if search.hits.is_empty() => {
                let (query, find) = (search.query, self.call(Action::Find));
                self.tell(say!(
                    self.language,
                    "“{query}” is not in this summary; press {find} to search all papers",
                    "这篇笔记中没有“{query}”；按 {find} 在论文标题中查找"
                ))
            }
            search => {
                self.reader.search = search;
                Vec::new()
            }
        }
    }

    /// Goes to another hit, wrapping around.
    pub(in crate::app) fn step_hit(&mut self, by: isize) -> Vec<Effect> {
        let Some(search) = &mut self.reader.search else {
            let search = self.keymap.call(Action::SearchPage, Context::Pane(Pane::Summary));
            return self.tell(say!(
                self.language,
                "No search yet; press {search} to search the summary",
                "尚未查找：按 {search} 在笔记中查找"
            ));
        };
        let went_round = search.step(by);
        self.show_hit();
        match went_round {
            true if by > 0 => self.tell(self.language.pick("Continued from the top", "已从开头继续查找").into()),
            true => self.tell(self.language.pick("Continued from the bottom", "已从末尾继续查找").into()),
            false => Vec::new(),
        }
    }

    pub(in crate::app) fn show_hit(&mut self) {
        let height = self.page_area().map_or(0, |area| usize::from(area.height));
        if let Some(lines) = self.reader.search.as_ref().and_then(PageSearch::lines) {
            self.reader.view.show(lines, height, self.reader.lines.len());
        }
    }
}
