//! `papers-tui export --format html`: the log as a single page. Only large figures stay separate files, which the
//! page links to.

mod blocks;
mod embedded;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use chrono::Datelike;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::page::facts::links;
use crate::app::panes::groups::{GroupName, TimelineGroup};
use crate::app::panes::timeline::{Timeline, TimelineRow};
use crate::cli::Opened;
use crate::cli::progress::Progress;
use crate::io::album::{Album, Base};
use crate::io::picture::PictureRefusal;
use crate::log::date::Published;
use crate::log::links::Links;
use crate::log::{Entry, EntryKind, Figure, Key, Log, Section, SectionKind, markup};
use crate::say;
use crate::words::{Language, counted};
use blocks::{PageLinks, escaped, link};
use embedded::Budget;

const STYLE: &str = include_str!("../../../../assets/export.css");
const SCRIPT: &str = include_str!("../../../../assets/export.js");

/// What to percent-encode in a path: everything but letters, digits, `-`, `.`, `_` and `~`.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The whole page. Links to large figures are relative to `folder`, where the page will be written; if it is `None`,
/// to the folder of the log's file.
pub fn document(opened: &Opened, folder: Option<&Path>, progress: &mut Progress) -> String {
    let language = opened.language;
    let log = &opened.log;
    let places = log.entries.iter().enumerate().map(|(index, entry)| (entry.key.clone(), index)).collect();
    let writer = HtmlWriter {
        opened,
        folder,
        language,
        places,
        links: opened.links(),
        bases: opened.chosen.files.bases(),
        album: RefCell::default(),
        budget: Budget::default(),
    };
    writer.document(progress)
}

struct HtmlWriter<'a> {
    opened: &'a Opened,
    folder: Option<&'a Path>,
    language: Language,
    places: HashMap<Key, usize>,
    links: Links,
    bases: Vec<Base>,
    album: RefCell<Album>,
    budget: Budget,
}

impl HtmlWriter<'_> {
    fn log(&self) -> &Log {
        &self.opened.log
    }

    fn pick(&self, english: &'static str, chinese: &'static str) -> &'static str {
        self.language.pick(english, chinese)
    }

    fn document(&self, progress: &mut Progress) -> String {
        let name = escaped(&self.log().name());
        let mut timeline = Timeline::default();
        timeline.rebuild(self.log(), None);
        let pending = self.pending();
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"papers-tui\">\n<title>{name}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n{header}<div class=\"sides\">\n\
             <main>\n{main}</main>\n{pending}</div>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
            lang = self.language.pick("en", "zh-Hans"),
            header = self.header(&name, &timeline, !pending.is_empty()),
            main = self.timeline(&timeline, progress),
        )
    }

    fn header(&self, name: &str, timeline: &Timeline, has_pending: bool) -> String {
        let log = self.log();
        let papers = log.counts().papers;
        let counts = self.language.pick(counted(papers, "paper", "papers"), format!("{papers} 篇论文"));
        let find = self.pick("Find in titles and summaries", "在标题和笔记中查找");
        let found = self.pick("found", "条匹配");
        let months = timeline
            .groups
            .iter()
            .enumerate()
            .map(|(index, group)| format!("<a href=\"#{}\">{}</a>", group_id(index, group), self.label(group)));
        let months = months.collect::<Vec<_>>().join(" ");
        let pending = match has_pending {
            true => format!("<a class=\"jump\" href=\"#pending\">{}</a>", self.pick("Pending", "待读")),
            false => String::new(),
        };
        format!(
            "<header>\n<h1>{name}</h1>\n<p class=\"facts\">{counts} {pending}</p>\n\
             <p class=\"find\"><input id=\"find\" type=\"search\" placeholder=\"{find}\" aria-label=\"{find}\"> \
             <output id=\"found\" data-word=\"{found}\"></output></p>\n\
             <nav aria-label=\"{}\">{months}</nav>\n</header>\n",
            self.pick("Months", "月份")
        )
    }

    fn timeline(&self, timeline: &Timeline, progress: &mut Progress) -> String {
        let mut out = String::new();
        progress.begin(self.pick("writing", "正在写入"), timeline.rows.len());
        let (mut in_month, mut day) = (false, None);
        for row in &timeline.rows {
            progress.step();
            let section = match *row {
                TimelineRow::Group(index) => {
                    close(&mut out, day.take().is_some());
                    close(&mut out, in_month);
                    in_month = true;
                    let group = &timeline.groups[index];
                    let (id, month) = (group_id(index, group), self.label(group));
                    // Writing to a string cannot fail.
                    let _ = writeln!(out, "<section class=\"month\" id=\"{id}\">\n<h2>{month}</h2>");
                    continue;
                }
                TimelineRow::Entry(entry, _) => self.log().entries[entry].section(),
                TimelineRow::Section(section, _) => section,
            };
            if day != Some(section) {
                close(&mut out, day.replace(section).is_some());
                out.push_str("<section class=\"day\">\n");
                let of = &self.log().sections[section];
                if has_heading(of) {
                    let _ = writeln!(out, "<h3>{}</h3>", escaped(&of.heading));
                }
            }
            match *row {
                TimelineRow::Entry(entry, _) => out.push_str(&self.article(entry)),
                _ => out.push_str(&self.note(section)),
            }
        }
        close(&mut out, day.is_some());
        close(&mut out, in_month);
        out
    }

    fn label(&self, group: &TimelineGroup) -> String {
        match group.name {
            GroupName::Month(month) => format!("{}.{}", month.year(), month.month()),
            _ => escaped(&group.label(self.log(), self.language)),
        }
    }

    fn article(&self, index: usize) -> String {
        let entry = &self.log().entries[index];
        let title = match &*entry.title {
            "" => self.pick("(no title yet)", "（尚无标题）").to_owned(),
            title => escaped(title),
        };
        let mut blocks = markup::body(self.log(), entry);
        self.links.mark(&mut blocks, entry.file(), Some(&entry.key));
        let body = self.page(entry.file(), &self.log().figures_of(entry)).blocks(&blocks);
        let facts = self.facts(entry);
        let footer = self.footer(entry);
        format!(
            "<article id=\"e{index}\">\n<h4><a href=\"#e{index}\">{title}</a></h4>\n{facts}{body}{footer}</article>\n"
        )
    }

    /// The text of a section that belongs to no entry.
    fn note(&self, section: usize) -> String {
        let section = &self.log().sections[section];
        let mut blocks = markup::note(self.log(), section);
        self.links.mark(&mut blocks, section.file(), None);
        format!(
            "<article class=\"loose\">\n{}</article>\n",
            self.page(section.file(), &self.log().figures_of_note(section)).blocks(&blocks)
        )
    }

    fn facts(&self, entry: &Entry) -> String {
        let published = entry.published.map(Published::shown);
        let published = published.map(|published| say!(self.language, "published {published}", "发表于 {published}"));
        let kind = match entry.kind {
            EntryKind::Paper => "",
            EntryKind::Note => self.pick("note", "随笔"),
            EntryKind::Draft => self.pick("no summary yet", "笔记待写"),
        };
        let read = if entry.read { "" } else { self.pick("not read yet", "未读") };
        let venue = escaped(entry.venue().unwrap_or_default());
        let comma = self.language.comma();
        let (organisations, tags) = (escaped(&entry.organisations.join(comma)), escaped(&entry.tags().join(comma)));
        let facts = [kind.to_owned(), published.unwrap_or_default(), organisations, venue, tags, read.to_owned()];
        let links = links(entry).into_iter().map(|(name, address)| {
            let name = escaped(&name);
            link(&address, &name).unwrap_or(name)
        });
        let facts: Vec<String> = facts.into_iter().chain(links).filter(|fact| !fact.is_empty()).collect();
        if facts.is_empty() { String::new() } else { format!("<p class=\"facts\">{}</p>\n", facts.join(" · ")) }
    }

    fn footer(&self, entry: &Entry) -> String {
        let names = |keys: &[Key]| {
            let found = keys.iter().filter_map(|key| self.places.get(key));
            let names = found.map(|&at| format!("<a href=\"#e{at}\">{}</a>", escaped(self.log().entries[at].name())));
            names.collect::<Vec<_>>().join(self.language.comma())
        };
        let line = |about: &str, keys: &[Key]| match keys {
            [] => String::new(),
            keys => format!("<p class=\"facts\">{about} {}</p>\n", names(keys)),
        };
        line(self.pick("mentions", "本文提及："), self.links.mentions(&entry.key))
            + &line(self.pick("mentioned by", "提及本文："), self.links.mentioned_by(&entry.key))
    }

    /// The unread papers, which are not in the pending lists.
    fn unread(&self) -> String {
        let unread = self.log().entries.iter().filter(|entry| !entry.read);
        let items: String =
            unread.map(|entry| format!("<li class=\"task\">{}</li>\n", escaped(&entry.title))).collect();
        if items.is_empty() {
            items
        } else {
            format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", self.pick("Unread", "未读"))
        }
    }

    /// The pending lists, including their prose.
    fn pending(&self) -> String {
        let mut out = String::new();
        for section in self.log().sections.iter().filter(|section| section.kind == SectionKind::Pending) {
            let blocks = markup::note(self.log(), section);
            let inside = self.page(section.file(), &self.log().figures_of_note(section)).blocks(&blocks);
            let _ = write!(out, "<h2>{}</h2>\n{inside}", escaped(&section.heading));
        }
        out.push_str(&self.unread());
        if out.is_empty() { out } else { format!("<aside id=\"pending\">\n{out}</aside>\n") }
    }

    fn page(&self, file: usize, figures: &[Figure]) -> PageLinks<'_> {
        let figures = figures.iter().map(|figure| self.figure(file, figure)).collect();
        PageLinks { log: self.log(), file, places: &self.places, figures }
    }

    /// A figure, or why it is not shown. No visible caption, since that is already in the text.
    fn figure(&self, file: usize, figure: &Figure) -> String {
        let path = escaped(&figure.path);
        let missing = |reason: &str| format!("<p class=\"facts\">▪ {path} {reason}</p>\n");
        match self.album.borrow_mut().locate(&self.bases[file], &figure.path) {
            Ok(real) => {
                let caption = escaped(figure.caption.as_deref().unwrap_or_default());
                let size = |name: &str, pixels: Option<u32>| {
                    pixels.map(|pixels| format!(" {name}=\"{pixels}\"")).unwrap_or_default()
                };
                let size = size("width", figure.width) + &size("height", figure.height);
                let picture = |source: &str| format!("<img src=\"{source}\" alt=\"{caption}\"{size} loading=\"lazy\">");
                if let Some(itself) = self.budget.embed(&real) {
                    return format!("<figure>{}</figure>\n", picture(&itself));
                }
                let Some(source) = self.relative(file, &real) else { return missing("") };
                format!("<figure><a href=\"{source}\">{}</a></figure>\n", picture(&source))
            }
            Err(PictureRefusal::Web(address)) => match link(&address, &path) {
                Some(link) => format!("<p class=\"facts\">▪ {link}</p>\n"),
                None => missing(""),
            },
            Err(PictureRefusal::NotFound(_)) => missing(self.pick("(missing)", "（缺少）")),
            Err(_) => missing(self.pick("(not shown)", "（不显示）")),
        }
    }

    /// The relative path from the page to a file, percent-encoded. `file` is the log file that shows it.
    fn relative(&self, file: usize, to: &Path) -> Option<String> {
        let folder = match self.folder {
            Some(folder) => folder.canonicalize().ok()?,
            None => self.opened.chosen.files.paths[file].canonicalize().ok()?.parent()?.to_owned(),
        };
        let up = folder.ancestors().position(|above| to.starts_with(above))?;
        let below = to.strip_prefix(folder.ancestors().nth(up)?).ok()?;
        let path: PathBuf = std::iter::repeat_n(Path::new(".."), up).chain([below]).collect();
        let parts: Option<Vec<String>> = path.iter().map(|part| Some(encoded(part.to_str()?))).collect();
        Some(parts?.join("/"))
    }
}

fn encoded(part: &str) -> String {
    utf8_percent_encode(part, PATH).to_string()
}

fn close(out: &mut String, is_open: bool) {
    if is_open {
        out.push_str("</section>\n");
    }
}

fn group_id(index: usize, group: &TimelineGroup) -> String {
    match group.name {
        GroupName::Month(month) => format!("m{}", month.format("%Y-%m")),
        _ => format!("g{index}"),
    }
}

/// Whether to show a section's own heading: not if the heading above already says the same.
fn has_heading(section: &Section) -> bool {
    let is_above = match section.kind {
        SectionKind::Month(_) => true,
        SectionKind::Undated => !section.entries().is_empty(),
        _ => false,
    };
    !is_above && !section.heading.is_empty()
}
