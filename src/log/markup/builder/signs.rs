//! Signs outside Markdown: HTML such as `<b>`, `<br>` and `<a>`, wiki links, properties.

use super::Builder;
use crate::log::images::{Image, image};
use crate::log::link_name::link_name;
use crate::log::markup::formula;
use crate::log::markup::tags::{self, InlineSign};
use crate::log::markup::{Link, Style};
use crate::log::wiki::{wiki_name, wiki_text};

/// The signs that are open in the current paragraph; all of them end with it.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
pub struct Signs {
    bold: usize,
    italic: usize,
    strike: usize,
    code: usize,
    /// Whether the rest of the line is a property's value.
    pub dims: bool,
    /// Whether the paragraph has an `<a>`: an open link then ends with the paragraph.
    pub leads: bool,
    /// Whether the open link contains words or a figure.
    pub leads_somewhere: bool,
    /// Whether an image's alternative text is skipped.
    pub hides: bool,
}

impl Signs {
    /// Opens or closes a style.
    pub fn turn(&mut self, sign: InlineSign, opens: bool) {
        let open = match sign {
            InlineSign::Bold(_) | InlineSign::Summary(_) => &mut self.bold,
            InlineSign::Italic(_) => &mut self.italic,
            InlineSign::Strike(_) => &mut self.strike,
            InlineSign::Code(_) => &mut self.code,
            _ => return,
        };
        *open = if opens { *open + 1 } else { open.saturating_sub(1) };
    }

    /// Adds the open styles to a style.
    pub fn over(&self, style: Style) -> Style {
        Style {
            bold: style.bold || self.bold > 0,
            italic: style.italic || self.italic > 0,
            strike: style.strike || self.strike > 0,
            code: style.code || self.code > 0,
            dim: style.dim || self.dims,
            ..style
        }
    }
}

impl Builder<'_> {
    /// Starts an image that is not a figure. If it is a rendered formula, shows that in place of its alternative text.
    pub(super) fn begin_image(&mut self, address: &str) {
        if let Image::Formula(formula) = image(address) {
            self.formula(&format!("${formula}$"));
            self.signs.hides = true;
        }
    }

    /// Ends a link. A link without words gets a short name for its URL.
    pub(super) fn end_link(&mut self) {
        if let Some(Link::Url(address)) = self.link.clone().filter(|_| !self.signs.leads_somewhere) {
            self.run(&link_name(&address), self.style(), true);
        }
        self.link = None;
    }

    /// Adds a formula, given with its delimiters: in Unicode if possible, otherwise as written.
    pub(super) fn formula(&mut self, source: &str) {
        self.run(&formula::shown(source), Style { formula: true, ..self.style() }, true);
    }

    /// Applies a sign; `written` is its source.
    pub(super) fn sign(&mut self, sign: InlineSign, written: &str) {
        match sign {
            InlineSign::Line => self.end_line(if self.options.is_row { 2 } else { 0 }),
            InlineSign::Item => {
                self.end_line(0);
                self.run("• ", self.style(), true);
            }
            InlineSign::Cell => self.run("  ", self.style(), true),
            InlineSign::Script(mark) => self.run(mark.encode_utf8(&mut [0; 4]), self.style(), true),
            InlineSign::Picture => {
                let path = tags::attribute(written, "src").unwrap_or_default();
                let name = path.rsplit('/').next().unwrap_or_default();
                let said = tags::attribute(written, "alt").filter(|said| !said.is_empty());
                match image(path) {
                    Image::Formula(formula) => self.formula(&format!("${formula}$")),
                    Image::Badge => self.run(said.unwrap_or_default(), self.style(), true),
                    Image::Figure => self.run(said.unwrap_or(name), Style { dim: true, ..self.style() }, true),
                }
            }
            InlineSign::Fence => {
                self.run(&tags::fence_text(written), Style { bold: true, ..self.style() }, true);
                self.end_line(0);
            }
            InlineSign::Emoji(emoji) => self.run(emoji, self.style(), true),
            InlineSign::Wiki => {
                let outer = self.link.replace(Link::Note(wiki_name(written).into()));
                self.run(wiki_text(written), self.style(), true);
                self.link = outer;
            }
            InlineSign::Block => {
                let outer = self.link.replace(Link::Note(tags::block_id(written).into()));
                // Shown until the block is found, and for good if no open file has it.
                self.run("((…))", self.style(), true);
                self.link = outer;
            }
            InlineSign::Field => {
                let key = written.trim_start_matches(['[', '(']).trim_end_matches([' ', ':']);
                self.run(&format!("{key}: "), Style { dim: true, ..self.style() }, true);
            }
            InlineSign::Property => {
                self.signs.dims = true;
                self.run(written.trim_end_matches(':'), self.style(), true);
                self.run(": ", self.style(), true);
            }
            InlineSign::Anchor(true) => {
                self.link = tags::attribute(written, "href").map(|address| Link::Url(address.into()));
                self.signs.leads = true;
            }
            InlineSign::Anchor(false) => self.link = None,
            InlineSign::Summary(opens) => {
                self.end_line(0);
                self.signs.turn(sign, opens);
            }
            InlineSign::Bold(opens)
            | InlineSign::Italic(opens)
            | InlineSign::Strike(opens)
            | InlineSign::Code(opens) => {
                self.signs.turn(sign, opens);
            }
            InlineSign::FieldEnd | InlineSign::Nothing => {}
        }
    }
}
