//! Writes a title in the style of another, with the same marks around it on its line.

use super::TitleForm;
use crate::log::dialect;

/// Emphasis tags that may directly precede a title.
const TAGS: [&str; 5] = ["<u>", "<b>", "<i>", "<em>", "<strong>"];

/// The line around a title.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TitleFrame {
    /// The form of the title.
    pub form: TitleForm,
    /// The start of the line: indentation, `#`, list marker or label.
    pub lead: String,
    /// Whether a number follows `lead`.
    pub numbered: bool,
    /// What follows the number or `lead`: a sign, a checkbox, spaces.
    pub sign: String,
    /// What follows a date at the start of the line, if there is one.
    pub dated: Option<String>,
    /// The opening marks directly before the title.
    open: String,
    /// The closing marks directly after it.
    close: String,
    /// Whether the title is a link.
    linked: bool,
    /// `<br>` if a labelled title ends in it; otherwise empty.
    end: String,
}

/// A written title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenTitle {
    /// The line without its line ending.
    pub text: String,
    /// The indentation of the text below it, in spaces; `None` outside list items.
    pub indent: Option<String>,
}

impl TitleFrame {
    /// Reads the line of a title. `date` is the date before it, if there is one. `None` if the title is not on the line
    /// as written, or its marks cannot be imitated.
    pub fn read(form: TitleForm, line: &str, title: &str, date: Option<&str>) -> Option<Self> {
        let line = line.strip_prefix('\u{FEFF}').unwrap_or(line).trim_end_matches(['\n', '\r']);
        let at = line.rfind(title).filter(|_| !title.is_empty())?;
        let at = if form == TitleForm::Labels { line.find(title)? } else { line.find(title).unwrap_or(at) };
        let (before, after) = (&line[..at], &line[at + title.len()..]);
        let (before, open) = opened(before);
        let linked = open.ends_with('[') && (after.starts_with("](") || after.starts_with("]["))
            || open.contains("<a ") && after.starts_with("</a>");
        let open = if linked { open.split(['[']).next().unwrap_or_default().to_owned() } else { open };
        let open = open.split("<a ").next().unwrap_or_default().to_owned();
        // `[[Emus at Work]]`
        let is_wiki = open.matches('[').count() == 2 && open.ends_with("[[") && after.starts_with("]]");
        if open.contains('[') && !is_wiki {
            return None;
        }
        let ends_sentence = !linked && after.starts_with('.') && !open.is_empty();
        let close = format!("{}{}", if ends_sentence { "." } else { "" }, closing(&open));
        let is_break = after.ends_with("<br>") && form == TitleForm::Labels;
        let end = if is_break { "<br>".to_owned() } else { String::new() };
        if let Some(digits) = before.strip_prefix("**[").filter(|_| open.is_empty() && form == TitleForm::StrongLines) {
            // `**[1] Emus at Work,** …`
            let number = digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (lead, sign, close) = ("**[".to_owned(), digits[number..].to_owned(), "**".to_owned());
            let is_number = number > 0 && sign.starts_with(']') && !sign.contains(char::is_alphanumeric);
            let own = Self { form, lead, numbered: true, sign, dated: None, open, close, linked, end };
            return is_number.then_some(own);
        }
        let (lead, numbered, sign, dated) = lead(form, before, date)?;
        Some(Self { form, lead, numbered, sign, dated, open, close, linked, end })
    }

    /// The default in Chinese logs, and where nothing else can be read: `《Title》`.
    pub fn plain() -> Self {
        Self { open: "《".to_owned(), close: "》".to_owned(), ..Self::bare(TitleForm::Marks) }
    }

    /// A heading of this level, the default in other logs.
    pub fn heading(level: u8) -> Self {
        Self { lead: format!("{} ", "#".repeat(usize::from(level))), ..Self::bare(TitleForm::Headings(level)) }
    }

    /// A title with nothing around it.
    fn bare(form: TitleForm) -> Self {
        let [lead, sign, open, close, end] = [const { String::new() }; 5];
        Self { form, lead, numbered: false, sign, dated: None, open, close, linked: false, end }
    }

    /// Whether the title is a list item.
    pub fn is_item(&self) -> bool {
        let marker = self.lead.trim_start().strip_prefix(['-', '*', '+']);
        // `**` is emphasis.
        let is_bullet = marker.is_some_and(|rest| !rest.starts_with('*')) && self.form != TitleForm::Labels;
        is_bullet || self.is_numbered_item()
    }

    fn is_numbered_item(&self) -> bool {
        self.numbered && matches!(self.form, TitleForm::Numbers | TitleForm::Tasks)
    }

    /// The ways to write a title, most usual first; none if the line needs a date and `date` is `None`.
    pub fn write(&self, title: &str, number: Option<u32>, date: Option<&str>) -> Vec<WrittenTitle> {
        let number = number.filter(|_| self.numbered).map(|number| number.to_string()).unwrap_or_default();
        let date = match (&self.dated, date) {
            (Some(behind), Some(date)) => format!("{date}{behind}"),
            (Some(_), None) => return Vec::new(),
            _ => String::new(),
        };
        let indent = self.is_item().then(|| {
            let spaces = self.lead.len() - self.lead.trim_start().len();
            let marker = self.lead.trim_start().trim_end().len() + number.len();
            let marker = marker + usize::from(!number.is_empty() && self.sign.starts_with(['.', ')'])) + 1;
            format!("{}{}", &self.lead[..spaces], " ".repeat(marker))
        });
        let mut lines: Vec<WrittenTitle> = Vec::new();
        let mut texts = vec![dialect::write_title(title), escaped(title)];
        if title.contains('《') && !self.open.contains('《') {
            // Outer `《》` keep those in the title from being read as its marks.
            let at = if title.starts_with('《') { 0 } else { texts.len() };
            texts.insert(at, format!("《{}》", dialect::write_title(title)));
        }
        for text in texts {
            for (open, close) in self.around() {
                let end = &self.end;
                let text = format!("{}{number}{}{date}{open}{text}{close}{end}", self.lead, self.sign);
                let line = WrittenTitle { text, indent: indent.clone() };
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// The marks to put around a title, as (opening, closing). A new title has no URL to link to, so bold is used
    /// instead of a link.
    fn around(&self) -> Vec<(String, String)> {
        let own = (self.open.clone(), self.close.clone());
        if !self.linked || !self.open.is_empty() {
            return vec![own];
        }
        let bold = ("**".to_owned(), "**".to_owned());
        match self.form {
            TitleForm::LinkLines => vec![("[".to_owned(), "]()".to_owned())],
            TitleForm::Bullets | TitleForm::Numbers | TitleForm::Tasks => vec![bold, own],
            _ => vec![own, bold],
        }
    }
}

/// Splits a text into (text, opening marks at its end).
fn opened(before: &str) -> (&str, String) {
    let mut rest = before;
    loop {
        let shorter = rest.trim_end_matches(['*', '_', '《', '[', '"', '“']);
        let shorter = TAGS.iter().find_map(|tag| shorter.strip_suffix(tag)).unwrap_or(shorter);
        let shorter = match shorter.ends_with('>').then(|| shorter.rfind("<a ")).flatten() {
            Some(at) => &shorter[..at],
            None => shorter,
        };
        if shorter.len() == rest.len() {
            return (rest, before[rest.len()..].to_owned());
        }
        rest = shorter;
    }
}

/// The closing marks for opening ones, in reverse order.
fn closing(open: &str) -> String {
    let mut close = String::new();
    let mut rest = open;
    while let Some(last) = rest.chars().next_back() {
        let tag = TAGS.iter().find(|tag| rest.ends_with(*tag));
        match (tag, last) {
            (Some(tag), _) => close.push_str(&tag.replace('<', "</")),
            (None, '《') => close.push('》'),
            (None, '“') => close.push('”'),
            (None, '[') => close.push(']'),
            (None, mark) => close.push(mark),
        }
        rest = &rest[..rest.len() - tag.map_or(last.len_utf8(), |tag| tag.len())];
    }
    close
}

type LeadFields = (String, bool, String, Option<String>);

/// Reads the start of a line, as the fields (`lead`, `numbered`, `sign`, `dated`) of a [`TitleFrame`].
fn lead(form: TitleForm, before: &str, date: Option<&str>) -> Option<LeadFields> {
    let owned = |lead: &str, numbered, sign: &str| (lead.to_owned(), numbered, sign.to_owned(), None);
    let spaces = before.len() - before.trim_start().len();
    let rest = &before[spaces..];
    if form == TitleForm::Labels {
        return Some(owned(before, false, ""));
    }
    let marks = match form {
        TitleForm::Headings(_) => rest.len() - rest.trim_start_matches('#').trim_start().len(),
        TitleForm::Bullets | TitleForm::Tasks if rest.starts_with(['-', '*', '+']) => {
            1 + rest[1..].len() - rest[1..].trim_start().len()
        }
        TitleForm::Marks if rest.starts_with(['-', '*', '+', '#']) => {
            let marks = rest.trim_start_matches(['-', '*', '+', '#']);
            rest.len() - marks.trim_start().len()
        }
        _ => 0,
    };
    let (lead, rest) = before.split_at(spaces + marks);
    if let Some(date) = date {
        let start = rest.find(date)?;
        return Some((
            format!("{lead}{}", &rest[..start]),
            false,
            String::new(),
            Some(behind(&rest[start + date.len()..])),
        ));
    }
    if let Some(inside) = rest.strip_prefix('[').filter(|_| form == TitleForm::NumberedLines) {
        // `[1] Emus at Work`
        let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let sign = &inside[digits..];
        if (1..=4).contains(&digits) && sign.starts_with(']') && !sign.contains(char::is_alphanumeric) {
            return Some(owned(&format!("{lead}["), true, sign));
        }
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = rest[digits..].len() - rest[digits..].trim_start_matches(['.', '、', '．', ')', '）']).len();
    let is_number = (1..=4).contains(&digits) && sign > 0;
    let (at, numbered) = if is_number { (digits + sign, true) } else { (0, false) };
    let gap = rest[at..].len() - rest[at..].trim_start().len();
    let gap = if numbered { gap } else { 0 };
    let head = if numbered { &rest[digits..at + gap] } else { "" };
    let is_box = form == TitleForm::Tasks && rest[at + gap..].starts_with('[');
    Some((lead.to_owned(), numbered, format!("{head}{}", if is_box { "[x] " } else { "" }), None))
}

/// The separator between a date and its title.
fn behind(text: &str) -> String {
    let end = text.find(|c: char| c.is_alphanumeric() || c == '`' || c == '[').unwrap_or(text.len());
    let text = &text[..end];
    if text.is_empty() { ": ".to_owned() } else { text.to_owned() }
}

/// A title with all Markdown marks escaped.
fn escaped(title: &str) -> String {
    let mut text = String::with_capacity(title.len());
    for c in title.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '|' | '!' | '#') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// The number at the start of a title's line, after heading or list markers.
pub fn number(line: &str) -> Option<u32> {
    let rest = line.trim_start().trim_start_matches(['#', '-', '*', '+', '_', ' ', '[']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let signed = rest[digits..].starts_with(['.', '、', '．', ')', '）', ']']);
    if (1..=4).contains(&digits) && signed { rest[..digits].parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: TitleForm, line: &str, wanted: &str) {
        let frame = TitleFrame::read(form, line, "Emus at Work", None);
        let written = frame.map(|frame| frame.write("Owls", Some(7), None).swap_remove(0).text);
        assert_eq!(written.as_deref(), Some(wanted), "{line}");
    }

    #[test]
    fn a_title_is_written_like_another() {
        check(TitleForm::Headings(3), "### Emus at Work", "### Owls");
        check(TitleForm::Headings(4), "#### 1. [Emus at Work](https://x.org)", "#### 7. Owls");
        check(TitleForm::Bullets, "  * ****`TAG`**** [Emus at Work](a.md)", "  * **Owls**");
        check(TitleForm::Bullets, "- Emus at Work [[pdf](a.pdf)]", "- Owls");
        check(TitleForm::Bullets, "- [[Emus at Work]] https://x.org", "- [[Owls]]");
        check(TitleForm::Numbers, "    1. <u>Emus at Work.</u> [[PDF]](a.pdf)  ", "    7. <u>Owls.</u>");
        check(TitleForm::Tasks, "+ [ ] **Emus at Work**：好", "+ [x] **Owls**");
        check(TitleForm::Labels, "**title:** Emus at Work", "**title:** Owls");
        check(TitleForm::Labels, "<i>Title</i>: <a href=\"x\">Emus at Work</a><br>", "<i>Title</i>: Owls<br>");
        check(TitleForm::NumberedLines, "467.《Emus at Work》，EMNLP2031", "7.《Owls》");
        check(TitleForm::NumberedLines, "[3] Emus at Work", "[7] Owls");
        check(TitleForm::StrongLines, "**Emus at Work**", "**Owls**");
        check(TitleForm::StrongLines, "**[3] Emus at Work,** ICLR 2031.", "**[7] Owls**");
        check(TitleForm::LinkLines, "[Emus at Work](https://x.org)", "[Owls]()");
        check(TitleForm::Marks, "**《Emus at Work》**", "**《Owls》**");
        let dated =
            TitleFrame::read(TitleForm::Bullets, "- 310517: Emus at Work [pdf](x)", "Emus at Work", Some("310517"));
        let written = dated.map(|frame| frame.write("Owls", None, Some("310518")).swap_remove(0).text);
        assert_eq!(written.as_deref(), Some("- 310518: Owls"));
    }
}
