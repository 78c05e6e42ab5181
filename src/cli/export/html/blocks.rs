//! Formats the blocks of a summary as HTML. All text is escaped, so HTML in the log has no effect.

use std::collections::HashMap;
use std::fmt::Write;

use crate::io::outside::check;
use crate::log::address::url_warnings;
use crate::log::markup::{Block, Line, Link, ListItem, Run};
use crate::log::{Key, Log, Task};
use crate::text::{safe, width};

/// Escapes text for HTML and makes hidden characters visible.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A link around `inside`, which is already HTML. `None` if the URL is misleading, or not http, https or mailto.
pub fn link(address: &str, inside: &str) -> Option<String> {
    check(address).ok().filter(|()| url_warnings(address).is_empty())?;
    Some(format!(r#"<a href="{}" rel="noreferrer">{inside}</a>"#, escaped(address)))
}

/// Resolves what the blocks of a page refer to.
pub struct PageLinks<'a> {
    /// Resolves tasks.
    pub log: &'a Log,
    /// The file that the blocks come from, as an index into [`Log::files`].
    pub file: usize,
    /// The number of each entry, by key; the anchor is `e` and the number.
    pub places: &'a HashMap<Key, usize>,
    /// The figures of the entry or note, already as HTML.
    pub figures: Vec<String>,
}

impl PageLinks<'_> {
    /// Formats the blocks as HTML.
    pub fn blocks(&self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> String {
        match block {
            // The page's own headings take the first four levels.
            Block::Heading(level, text) => {
                let level = (level + 4).min(6);
                format!("<h{level}>{}</h{level}>\n", self.text(text))
            }
            Block::Paragraph(lines) => {
                let lines: String = lines.iter().map(|line| self.line(line)).collect();
                format!("<div class=\"p\">{lines}</div>\n")
            }
            Block::List(start, items) => {
                let items: String = items.iter().map(|item| self.item(item)).collect();
                match start {
                    Some(start) => format!("<ol start=\"{start}\">\n{items}</ol>\n"),
                    None => format!("<ul>\n{items}</ul>\n"),
                }
            }
            Block::Quote(blocks) => format!("<blockquote>\n{}</blockquote>\n", self.blocks(blocks)),
            Block::Code(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
                format!("<pre><code>{}</code></pre>\n", lines.join("\n"))
            }
            Block::Figure(index) => self.figures.get(*index).cloned().unwrap_or_default(),
            Block::Table(rows) => self.table(rows),
            Block::Rule => "<hr>\n".to_owned(),
            Block::Footnote(label, blocks) => {
                format!("<div class=\"note\"><sup>{}</sup> {}</div>\n", escaped(label), self.blocks(blocks))
            }
        }
    }

    /// A line of prose. A hand-typed list marker hangs to the left of the text.
    fn line(&self, line: &Line) -> String {
        let hang = width(&line.marker);
        let style = match line.indent + hang {
            0 => String::new(),
            left => format!(" style=\"padding-left:{left}ch;text-indent:-{hang}ch\""),
        };
        format!("<span class=\"l\"{style}>{}{}</span>", escaped(&line.marker), self.text(&line.text))
    }

    fn item(&self, item: &ListItem) -> String {
        let inside = self.blocks(&item.blocks);
        let number = item.number.map(|number| format!(" value=\"{number}\"")).unwrap_or_default();
        let Some(mark) = item.mark else { return format!("<li{number}>{inside}</li>\n") };
        let task = self.log.task_at(self.file, mark).map(|task| &self.log.tasks[task]);
        if task.is_some_and(|task| !task.has_box()) {
            return format!("<li{number}>{inside}</li>\n");
        }
        let is_done = task.is_some_and(Task::is_done);
        let (class, checked) = if is_done { ("task done", " checked") } else { ("task", "") };
        format!("<li class=\"{class}\"><input type=\"checkbox\" disabled{checked}>{inside}</li>\n")
    }

    fn table(&self, rows: &[Vec<Vec<Run>>]) -> String {
        let mut out = "<div class=\"wide\"><table>\n".to_owned();
        for (index, row) in rows.iter().enumerate() {
            let cell = if index == 0 { "th" } else { "td" };
            let cells: String = row.iter().map(|text| format!("<{cell}>{}</{cell}>", self.text(text))).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(out, "<tr>{cells}</tr>");
        }
        out + "</table></div>\n"
    }

    fn text(&self, text: &[Run]) -> String {
        text.iter().map(|run| self.run(run)).collect()
    }

    fn run(&self, run: &Run) -> String {
        if run.text == "\n" {
            return "<br>".to_owned();
        }
        let mut inside = escaped(&run.text);
        let style = run.style;
        let tags = [
            (style.code, "code"),
            (style.formula, "var"),
            (style.italic, "em"),
            (style.bold, "strong"),
            (style.strike, "s"),
        ];
        for (_, tag) in tags.into_iter().filter(|(is_set, _)| *is_set) {
            inside = format!("<{tag}>{inside}</{tag}>");
        }
        if style.dim {
            inside = format!("<span class=\"dim\">{inside}</span>");
        }
        let linked = match &run.link {
            Some(Link::Url(address)) => link(address, &inside),
            Some(Link::Entry(key)) => self.places.get(key).map(|place| format!("<a href=\"#e{place}\">{inside}</a>")),
            Some(Link::Reference(_) | Link::Section(_) | Link::Note(_)) | None => None,
        };
        linked.unwrap_or(inside)
    }
}
