//! Following links on a page to papers, headings, URLs and numbered references, and going back.

use std::collections::HashSet;

use crate::app::lists::picker::{Picker, PickerChoice, PickerRow, PickerTarget};
use crate::app::lists::prompt::{Prompt, Purpose};
use crate::app::page::facts::is_url;
use crate::app::page::flow::{BlockKind, PageLine, SpanRole, paragraph};
use crate::app::page::pages::{other_uses, reference_title};
use crate::app::panes::checklist::ItemId;
use crate::app::panes::timeline::{self, RowId};
use crate::app::screen::layout::{self, Pane};
use crate::app::{App, Effect, Overlay};
use crate::log::address::url_warnings;
use crate::log::links::twins;
use crate::log::markup::Link;
use crate::log::{Entry, Key, SectionName};
use crate::papers::index::PaperIndex;
use crate::say;
use crate::text::width;
use crate::words::{Say, counted};

/// The most papers listed for similar wording.
const NEAR: usize = 5;

/// Columns of a list's cursor.
const CURSOR: usize = 2;

impl App {
    /// The entry shown on the page.
    pub(in crate::app) fn entry(&self) -> Option<&Entry> {
        match self.page_row()? {
            timeline::TimelineRow::Entry(entry, _) => self.log.entries.get(entry),
            _ => None,
        }
    }

    fn place(&self) -> Option<RowId> {
        self.timeline.place(&self.log)
    }

    /// Goes to an entry and remembers the place left. For an unread entry, goes to its pending item.
    pub(in crate::app) fn go_to(&mut self, key: &Key) {
        // An unread entry with a checkbox is in the pending list, not in the timeline.
        let entry = self.log.find(key).map(|entry| &self.log.entries[entry]);
        if let Some(task) = entry.filter(|entry| !entry.read).and_then(|entry| entry.task()) {
            self.jumps.leave(self.place());
            self.focus = Pane::Pending;
            return self.show_item(task);
        }
        self.leave_for(&RowId::Entry(key.clone()));
    }

    /// Goes to a place in the timeline and remembers the place left.
    pub(in crate::app) fn leave_for(&mut self, place: &RowId) {
        self.jumps.leave(self.timeline.place(&self.log));
        self.timeline.reveal(&self.log, place);
        self.focus = Pane::Summary;
    }

    pub(in crate::app) fn go_back(&mut self) -> Vec<Effect> {
        let place = self.jumps.back(self.place());
        let otherwise = self.language.pick(
            "Nothing to go back to: no link or search result has been followed yet",
            "没有可返回的位置：还没有通过链接或查找跳转过",
        );
        self.return_to(place, otherwise)
    }

    pub(in crate::app) fn go_forward(&mut self) -> Vec<Effect> {
        let place = self.jumps.forward(self.place());
        self.return_to(place, self.language.pick("Nothing to go forward to", "没有可前进的位置"))
    }

    fn return_to(&mut self, place: Option<RowId>, otherwise: &str) -> Vec<Effect> {
        if place.is_some() && place == self.place() {
            // The jump went to an item, so the timeline is still at the place.
            self.focus = Pane::Summary;
        }
        match place {
            Some(RowId::Entry(key)) => self.timeline.go_to(&self.log, &key),
            Some(place) => self.timeline.rebuild(&self.log, Some(&place)),
            None => return self.tell(otherwise.to_owned()),
        }
        Vec::new()
    }

    /// Opens a list, or shows the message `otherwise` if it would be empty.
    pub(in crate::app) fn choose_from(&mut self, title: &str, rows: Vec<PickerRow>, otherwise: &str) -> Vec<Effect> {
        match Picker::new(title, rows) {
            Some(picker) => self.overlays.push(Overlay::Picker(picker)),
            None => return self.tell(otherwise.to_owned()),
        }
        Vec::new()
    }

    /// Lists the papers related to the one on the page.
    pub(in crate::app) fn list_links(&mut self) -> Vec<Effect> {
        let Some(entry) = self.entry() else {
            return self.tell(
                self.language.pick("No paper here, so no related papers", "这里没有论文，也就没有相关论文").into(),
            );
        };
        let mut rows = Vec::new();
        let twins: Vec<Key> = twins(&self.log, entry).map(|twin| twin.key.clone()).collect();
        self.add_group(&mut rows, self.language.pick("mentions", "本文提及"), self.links.mentions(&entry.key));
        self.add_group(&mut rows, self.language.pick("mentioned by", "提及本文"), self.links.mentioned_by(&entry.key));
        self.add_citations(&mut rows, &entry.key);
        let near = self.near(&entry.key, &twins);
        add_days(&mut rows, self.language.pick("mentioned on", "提及本文的随笔"), self.links.noted_in(&entry.key));
        self.add_group(&mut rows, self.language.pick("same title", "标题相同"), &twins);
        let mut known = HashSet::new();
        for reference in entry.references.iter().filter(|reference| known.insert(&*reference.id)) {
            let uses: Vec<Key> = other_uses(&self.links, &reference.id, &entry.key).cloned().collect();
            let title = reference_title(self.page_input(), &reference.id);
            let heading = format!("[{}] {title}", reference.id);
            self.add_group(&mut rows, &heading, &uses);
        }
        self.add_group(&mut rows, self.language.pick("similar wording", "文字相近"), &near);
        self.choose_from(
            self.language.pick("Related papers", "相关论文"),
            rows,
            self.language.pick(
                "No related papers: no mentions, citations or similar wording",
                "此条目没有提及或引用其他论文，也没有被提及或引用",
            ),
        )
    }

    /// Papers with similar wording that are not linked in any other way.
    fn near(&self, key: &Key, twins: &[Key]) -> Vec<Key> {
        let of = self.papers.entry(key);
        let cited = of.into_iter().flat_map(|of| of.cites.iter().chain(&of.cited_by));
        let linked = self.links.mentions(key).iter().chain(self.links.mentioned_by(key));
        let tied: Vec<&Key> = cited.chain(linked).chain(twins).collect();
        let near = self.papers.near(key).iter().filter(|near| !tied.contains(near));
        near.take(NEAR).cloned().collect()
    }

    /// Adds the entries and items that the paper's PDF cites, and the entries whose PDFs cite the paper.
    fn add_citations(&self, rows: &mut Vec<PickerRow>, key: &Key) {
        let Some(of) = self.papers.entry(key) else { return };
        self.add_group(rows, self.language.pick("cites, according to its PDF", "本文引用（根据 PDF）"), &of.cites);
        let items = of.cites_items.iter().filter_map(|text| {
            let task = self.log.tasks.iter().position(|task| task.pending && task.text == *text)?;
            Some(PickerRow::choice(text, "", PickerTarget::Item(ItemId::of(&self.log, task))))
        });
        let items: Vec<PickerRow> = items.collect();
        if !items.is_empty() {
            rows.push(PickerRow::Heading(
                self.language.pick("cites, in the pending list", "本文引用（待读）").to_owned(),
            ));
            rows.extend(items);
        }
        self.add_group(
            rows,
            self.language.pick("cited by, according to their PDFs", "引用本文（根据对方的 PDF）"),
            &of.cited_by,
        );
    }

    fn add_group(&self, rows: &mut Vec<PickerRow>, heading: &str, keys: &[Key]) {
        let entries = keys.iter().filter_map(|key| self.log.find(key)).map(|index| &self.log.entries[index]);
        let choices: Vec<PickerRow> = entries.map(PickerRow::entry).collect();
        if !choices.is_empty() {
            rows.push(PickerRow::Heading(heading.to_owned()));
            rows.extend(choices);
        }
    }

    /// Lists the headings and figures of the page.
    pub(in crate::app) fn list_headings(&mut self) -> Vec<Effect> {
        let lines = self.reader.lines.iter().enumerate();
        let starts = lines.filter(|(_, line)| {
            line.joint.is_none()
                && match line.kind {
                    BlockKind::Heading => true,
                    BlockKind::Figure => line.figure.is_some_and(|figure| figure.slice.is_none()),
                    _ => false,
                }
        });
        let row = |(index, line): (usize, &PageLine)| {
            PickerRow::Choice(PickerChoice {
                label: line.text(),
                detail: String::new(),
                target: PickerTarget::PageLine(index),
            })
        };
        let rows: Vec<PickerRow> = starts.map(row).collect();
        self.choose_from(
            self.language.pick("In this summary", "笔记目录"),
            rows,
            self.language.pick("This summary has no headings or figures", "这篇笔记没有小标题和图片"),
        )
    }

    /// Lists the URLs and figures of the page in full, so that the user sees what will be opened.
    pub(in crate::app) fn list_urls(&mut self) -> Vec<Effect> {
        let mut rows: Vec<PickerRow> = Vec::new();
        for span in self.reader.lines.iter().flat_map(|line| &line.spans) {
            if let Some(Link::Url(url)) = &span.link {
                let row = PickerRow::Choice(address(url));
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        let beside_title = self.entry().map(|entry| entry.links()).unwrap_or_default();
        for url in beside_title.iter().filter(|url| is_url(url)) {
            let row = PickerRow::Choice(address(url));
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        for (index, figure) in self.page_figures().1.iter().enumerate() {
            let Some(id) = self.figure_id(index) else { continue };
            let detail = say!(self.language, "figure {}", "图 {}", index + 1);
            rows.push(PickerRow::Choice(PickerChoice {
                label: figure.path.clone(),
                detail,
                target: PickerTarget::Figure(id),
            }));
        }
        self.choose_from(
            self.language.pick("Open in another program", "用其他程序打开"),
            rows,
            self.language.pick("This summary has no link or figure to open", "这篇笔记没有可打开的链接或图片"),
        )
    }

    /// Asks for the title of a numbered reference on the page.
    pub(in crate::app) fn name_reference(&mut self) -> Vec<Effect> {
        let mut ids: Vec<String> = Vec::new();
        for reference in self.entry().map(|entry| &*entry.references).unwrap_or_default() {
            if !ids.iter().any(|id| **id == *reference.id) {
                ids.push(reference.id.to_string());
            }
        }
        if let [id] = ids.as_slice() {
            self.ask_for_name(id);
            return Vec::new();
        }
        let row = |id: &String| {
            let detail = reference_title(self.page_input(), id);
            PickerRow::Choice(PickerChoice {
                label: format!("[{id}]"),
                detail,
                target: PickerTarget::NameReference(id.clone()),
            })
        };
        let rows = ids.iter().map(row).collect();
        self.choose_from(
            self.language.pick("Which reference?", "选择文献编号"),
            rows,
            self.language.pick("This summary has no reference such as [1234]", "这篇笔记没有 [1234] 这样的文献编号"),
        )
    }

    fn ask_for_name(&mut self, id: &str) {
        let known = self.aliases.title(id).or_else(|| self.links.guess(id)).unwrap_or_default();
        self.overlays.push(Overlay::Prompt(Prompt::new(Purpose::NameReference(id.to_owned()), known)));
    }

    /// Runs the choice under the list's cursor.
    pub(in crate::app) fn choose(&mut self) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = self.overlays.last() else { return Vec::new() };
        let Some(target) = picker.choice().map(|choice| choice.target.clone()) else { return Vec::new() };
        self.overlays.pop();
        match target {
            PickerTarget::Entry(key) => self.go_to(&key),
            PickerTarget::PageLine(line) => {
                self.focus = Pane::Summary;
                self.reader.view.top = line;
            }
            PickerTarget::NameReference(id) => self.ask_for_name(&id),
            PickerTarget::Relink { vanished, now } => return self.relink(vanished, now),
            PickerTarget::Url(url) => return self.open_url(url),
            PickerTarget::OddUrl(url) => return vec![Effect::OpenUrl(url)],
            PickerTarget::Item(item) => self.go_to_item(&item),
            PickerTarget::Place(place) => self.leave_for(&place),
            PickerTarget::Problem { file, line, .. } => self.go_to_line(file, line),
            PickerTarget::Fix { file, way } => return self.apply_fix(file, *way),
            PickerTarget::List { title, rows } => return self.choose_from(&title, rows, ""),
            PickerTarget::Part(part) => self.show_part(part),
            PickerTarget::Toggle(item) => return self.tick(&item, false),
            PickerTarget::Tick { item, children } => return self.tick(&item, children),
            PickerTarget::Theme(name) => return self.take_theme(name),
            PickerTarget::ChooseDay(draft) => return self.ask_day(draft),
            PickerTarget::LogAgain(draft) => return self.ask_day_of_any(draft),
            PickerTarget::TypeDay(draft) => self.type_day(draft),
            PickerTarget::Log(draft, date) => return self.log(draft, date),
            PickerTarget::LogUnder(draft, heading) => return self.log_under(draft, heading),
            PickerTarget::Edit { file, line } => return self.edit_line(file, line),
            PickerTarget::Nothing => {}
            PickerTarget::Pdf(place) | PickerTarget::Library(place) => return vec![Effect::OpenPdfAt(place)],
            PickerTarget::Figure(id) => return vec![Effect::OpenOutside(id)],
        }
        Vec::new()
    }

    /// Follows a clicked link. A URL is shown before it is opened.
    pub(in crate::app) fn follow(&mut self, link: &Link) -> Vec<Effect> {
        match link {
            Link::Entry(key) => self.go_to(key),
            Link::Section(section) => self.leave_for(&RowId::from(section)),
            Link::Reference(id) => self.ask_for_name(id),
            Link::Note(_) => {}
            Link::Url(url) => {
                return self.choose_from(
                    self.language.pick("Open in another program", "用其他程序打开"),
                    vec![PickerRow::Choice(address(url))],
                    "",
                );
            }
        }
        Vec::new()
    }

    /// Opens a URL. If it looks suspicious, or was too long for its line in the list, it is first shown in
    /// full.
    fn open_url(&mut self, url: String) -> Vec<Effect> {
        let columns = usize::from(layout::inside(layout::overlay(self.size, u16::MAX, 0)).width);
        let odd = url_warnings(&url);
        if odd.is_empty() && width(&url) + CURSOR <= columns {
            return vec![Effect::OpenUrl(url)];
        }
        let whole = paragraph(&url, SpanRole::Body, BlockKind::Text, columns);
        let odd = odd.iter().map(|oddity| oddity.say(self.language));
        let headings = whole.iter().map(PageLine::text).chain(odd);
        let mut rows: Vec<PickerRow> = headings.map(PickerRow::Heading).collect();
        rows.push(PickerRow::choice(self.language.pick("Cancel", "取消"), "", PickerTarget::Nothing));
        rows.push(PickerRow::choice(self.language.pick("Open it", "打开"), "", PickerTarget::OddUrl(url)));
        self.choose_from(self.language.pick("Open this address?", "要打开此地址吗？"), rows, "")
    }

    /// Copies the title of the shown entry.
    pub(in crate::app) fn copy_title(&mut self) -> Vec<Effect> {
        let Some(title) = self.entry().map(|entry| entry.title.clone()) else { return self.nothing_to_copy() };
        let mut effects = self.tell(say!(self.language, "Copied the title: {title}", "已复制标题：{title}"));
        effects.push(Effect::Copy(title.to_string()));
        effects
    }

    /// Copies the whole entry, as written in the log.
    pub(in crate::app) fn copy_entry(&mut self) -> Vec<Effect> {
        let Some(entry) = self.entry() else { return self.nothing_to_copy() };
        let text = self.log.files[entry.file()].text[entry.span()].trim_end().to_owned();
        let (name, lines) = (entry.name(), text.lines().count());
        let message = say!(
            self.language,
            "Copied all of {name}: {}",
            "已复制整个条目 {name}：{} 行",
            self.language.pick(counted(lines, "line", "lines"), lines.to_string())
        );
        let mut effects = self.tell(message);
        effects.push(Effect::Copy(text));
        effects
    }

    fn nothing_to_copy(&mut self) -> Vec<Effect> {
        self.tell(self.language.pick("No paper here to copy", "这里没有可复制的论文").into())
    }

    /// Stores what was read from the log's PDFs.
    pub(in crate::app) fn papers_read(&mut self, index: PaperIndex) {
        self.reading_papers = None;
        self.checklist.cited = index.items_cited();
        self.papers = index;
        self.revision += 1;
    }

    /// Whether a PDF of an entry was found. `entry` is an index into
    /// [`Log::entries`](crate::log::Log::entries).
    pub(crate) fn has_pdf(&self, entry: usize) -> bool {
        self.papers.entry(&self.log.entries[entry].key).is_some_and(|of| !of.pdfs.is_empty())
    }

    /// Opens the PDF of the selected item or the shown paper; if there are several, asks which one.
    pub(in crate::app) fn open_pdf(&mut self) -> Vec<Effect> {
        let (pdfs, named) = match self.item().filter(|_| self.focus == Pane::Pending) {
            Some(task) => {
                let task = &self.log.tasks[task];
                (self.papers.item(&task.text).map(|of| of.pdfs.clone()), Some((task.file, task.text.clone())))
            }
            None => {
                let entry = self.entry();
                let pdfs = entry.and_then(|entry| self.papers.entry(&entry.key)).map(|of| of.pdfs.clone());
                (pdfs, entry.map(|entry| (entry.file(), entry.title.to_string())))
            }
        };
        match (pdfs.as_deref().unwrap_or_default(), named) {
            ([only], _) => vec![Effect::OpenPdfAt(only.clone())],
            ([], Some((file, title))) => vec![Effect::OpenPdf { file, title }],
            ([], None) => {
                self.tell(self.language.pick("No paper here, so no PDF to open", "这里没有论文，无法打开 PDF").into())
            }
            (several, _) => {
                let rows = several
                    .iter()
                    .map(|place| PickerRow::choice(place, "", PickerTarget::Pdf(place.clone())))
                    .collect();
                self.choose_from(self.language.pick("Open a PDF", "打开 PDF"), rows, "")
            }
        }
    }
}

fn add_days(rows: &mut Vec<PickerRow>, heading: &str, sections: &[SectionName]) {
    let choice = |section: &SectionName| {
        let target = PickerTarget::Place(RowId::from(section));
        PickerRow::Choice(PickerChoice { label: section.heading.clone(), detail: String::new(), target })
    };
    if !sections.is_empty() {
        rows.push(PickerRow::Heading(heading.to_owned()));
        rows.extend(sections.iter().map(choice));
    }
}

fn address(url: &str) -> PickerChoice {
    PickerChoice { label: url.to_owned(), detail: String::new(), target: PickerTarget::Url(url.to_owned()) }
}
