//! `papers-tui show`: prints an entry as the Summary pane shows it.

use std::sync::Arc;

use anstyle::{Ansi256Color, Style};
use serde::Serialize;

use super::config::sidecars;
use super::export::pdf::PdfRecord;
use super::library::Papers;
use super::print::{self, Printer};
use super::progress::Progress;
use super::{ColorChoice, Opened, Outcome, item, query};
use crate::app::finding::request;
use crate::app::page::figures::Figures;
use crate::app::page::flow::{BlockKind, PageLine, Span, SpanRole};
use crate::app::page::pages::{PageInput, entry_page};
use crate::io::sidecar::{self, Sidecar};
use crate::io::store::Store;
use crate::log::aliases::Aliases;
use crate::log::{Entry, Log, normalise};
use crate::say;
use crate::search::title::MatchKind as HitKind;
use crate::search::{Catalogue, Hit, Query, SearchSession};
use crate::text::{cut, width};

/// Width in columns if the output is not a terminal.
const PIPED: usize = 80;

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// Text with colours.
    Coloured,
    /// Text without colours.
    Plain,
    /// One JSON object per entry, each on its own line.
    Json,
}

impl OutputFormat {
    /// Text, with or without colours, depending on the option and the terminal.
    pub fn of(color: ColorChoice) -> Self {
        let is_asked = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let no = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                print::is_terminal() && !no
            }
        };
        if is_asked { Self::Coloured } else { Self::Plain }
    }
}

/// Prints the entry that matches `query`, or every entry if there is no query.
pub fn run(
    opened: &Opened,
    query: Option<&str>,
    columns: Option<usize>,
    form: OutputFormat,
    out: &mut Printer,
) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    let reading = usize::from(opened.config.layout.reading_width);
    let columns = columns.unwrap_or_else(|| print::columns().map_or(PIPED, |columns| columns.min(reading)));
    let entries: Vec<&Entry> = match query {
        None => log.entries.iter().collect(),
        Some(query) => find(opened, query)?.into_iter().collect(),
    };
    let (links, aliases, figures) = (opened.links(), aliases(opened), Figures::default());
    let papers = Papers::of(opened, &mut Progress::new());
    let paper_index = papers.index(log);
    let shelf = PageInput {
        log,
        links: &links,
        aliases: &aliases,
        papers: &paper_index,
        figures: &figures,
        reviews: &[],
        keymap: &opened.config.keymap,
        language: opened.language,
    };
    for (index, entry) in entries.iter().enumerate() {
        let lines: Vec<PageLine> =
            entry_page(shelf, entry, columns, 0).into_iter().map(|line| ticked(log, entry, line)).collect();
        if form == OutputFormat::Json {
            out.json_line(&ShownEntryRecord::of(log, entry, columns, &lines, &papers))?;
            continue;
        }
        if index > 0 {
            writeln!(out)?;
        }
        for line in &lines {
            write_line(line, form, out)?;
        }
    }
    if entries.is_empty() {
        let language = opened.language;
        super::tell(&match query.map(crate::text::safe) {
            None => language.pick("the log has no entries", "日志中没有条目").to_owned(),
            Some(query) => say!(
                language,
                "no entry matches “{query}”; see “papers-tui list”",
                "没有匹配“{query}”的条目；参见“papers-tui list”"
            ),
        })?;
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// The titles that the user gave to numbered references; none if they cannot be loaded.
fn aliases(opened: &Opened) -> Aliases {
    let folder = opened.chosen.files.home().map(|log| sidecar::folder(log, sidecars(&opened.config).as_deref()));
    let loaded = folder.and_then(|folder| Sidecar::new(folder, Store::of_user().retry).load().ok());
    loaded.map(|loaded| loaded.document).unwrap_or_default()
}

/// The entry that `query` names: by line, else by key, title or short name, else the entry whose title matches best.
fn find<'a>(opened: &'a Opened, query: &str) -> anyhow::Result<Option<&'a Entry>> {
    let log = &opened.log;
    query::not_empty(query, opened.language)?;
    if let Some(line) = query.strip_prefix("line:") {
        let line = item::line_number(query, line, opened.language)?;
        let ends =
            |entry: &Entry| log.files[entry.file()].line_of(entry.span().end.saturating_sub(1).max(entry.span().start));
        return Ok(log.entries.iter().find(|entry| (entry.line()..=ends(entry)).contains(&line)));
    }
    let wanted = normalise(query);
    let is = |text: &str| normalise(text) == wanted;
    let rules: [&dyn Fn(&Entry) -> bool; 3] =
        [&|entry| *entry.key.0 == *query, &|entry| is(&entry.title), &|entry| entry.short_name().is_some_and(is)];
    if let Some(entry) = rules.into_iter().find_map(|rule| log.entries.iter().find(|entry| rule(entry))) {
        return Ok(Some(entry));
    }
    let mut session = SearchSession::new(Arc::new(Catalogue::new(request::items(log, &[]))));
    let results = session.search(&Query::new(query), &request::texts(log), &|| false, |_| {}).unwrap_or_default();
    // Ignore matches in the text or of scattered letters: they are probably other papers.
    let is_of_title = |best: &&Hit| best.kind > Some(HitKind::Letters);
    Ok(results.hits.first().filter(is_of_title).map(|best| &log.entries[best.item]))
}

/// Draws the box of a task into the columns that the page leaves free for it.
fn ticked(log: &Log, entry: &Entry, mut line: PageLine) -> PageLine {
    let task = line.mark.and_then(|mark| log.task_at(entry.file(), mark));
    if let (Some(task), Some(room)) = (task, line.spans.get_mut(line.box_span)) {
        let symbol = if log.tasks[task].is_done() { "☑ " } else { "☐ " };
        room.text = cut(symbol, width(&room.text)).into_owned();
    }
    line
}

fn write_line(line: &PageLine, form: OutputFormat, out: &mut Printer) -> std::io::Result<()> {
    if form == OutputFormat::Plain {
        let text = format!("{:indent$}{}", "", line.text(), indent = line.indent);
        return writeln!(out, "{}", text.trim_end());
    }
    write!(out, "{:indent$}", "", indent = line.indent)?;
    for span in &line.spans {
        out.styled(style(span), &span.text)?;
    }
    writeln!(out)
}

/// The style of a span, like the theme's but in the 256-colour palette.
fn style(span: &Span) -> Style {
    const TEAL: Ansi256Color = Ansi256Color(31);
    const GREY: Ansi256Color = Ansi256Color(244);
    const OLIVE: Ansi256Color = Ansi256Color(100);
    let mut style = match span.role {
        SpanRole::Body | SpanRole::Chart => Style::new(),
        SpanRole::Heading => Style::new().bold(),
        SpanRole::Marker | SpanRole::Fact => Style::new().fg_color(Some(GREY.into())),
    };
    if span.style.bold {
        style = style.bold();
    }
    if span.style.italic {
        style = style.italic();
    }
    if span.style.strike {
        style = style.strikethrough();
    }
    if span.style.code || span.style.formula {
        style = style.fg_color(Some(OLIVE.into()));
    }
    if span.link.is_some() {
        style = style.fg_color(Some(TEAL.into())).underline();
    }
    style
}

/// An entry with its lines, as JSON.
#[derive(Serialize)]
struct ShownEntryRecord<'a> {
    key: &'a str,
    line: usize,
    width: usize,
    lines: Vec<LineRecord>,
    pdf: Option<PdfRecord<'a>>,
    cites: Vec<&'a str>,
    cited_by: Vec<&'a str>,
}

#[derive(Serialize)]
struct LineRecord {
    text: String,
    indent: usize,
    kind: &'static str,
}

impl<'a> ShownEntryRecord<'a> {
    fn of(log: &'a Log, entry: &'a Entry, width: usize, lines: &[PageLine], papers: &'a Papers) -> Self {
        let index = log.find(&entry.key);
        let [cites, cited_by] = index.map(|index| papers.cites(&log.entries, index)).unwrap_or_default();
        Self {
            key: &entry.key.0,
            line: entry.line(),
            width,
            lines: lines.iter().map(LineRecord::of).collect(),
            pdf: index.and_then(|index| papers.of_entry(index)),
            cites,
            cited_by,
        }
    }
}

impl LineRecord {
    fn of(line: &PageLine) -> Self {
        let kind = match line.kind {
            BlockKind::Text => "text",
            BlockKind::Heading => "heading",
            BlockKind::Item => "item",
            BlockKind::Quote => "quote",
            BlockKind::Code => "code",
            BlockKind::Figure => "figure",
            BlockKind::Table => "table",
            BlockKind::Rule => "rule",
        };
        Self { text: line.text(), indent: line.indent, kind }
    }
}
