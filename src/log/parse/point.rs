//! What a line may be read as after a correction: a title, a date, the heading of a pending list.

use std::ops::Range;
use std::sync::Arc;

use super::{FileParser, lists};
use crate::log::corrections::{Correction, FormRule};
use crate::log::forms::choice::forms_at;
use crate::log::forms::dates::DateForm;
use crate::log::forms::sets;
use crate::log::forms::titles::{TitleForm, whole};
use crate::log::{File, Role, Source, TitleFrom};
use crate::words::{Language, Say};

/// Why a line cannot be read in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The line is empty.
    Blank,
    /// The line is code or a comment.
    Hidden,
    /// The line is front matter.
    Front,
    /// The line is in a pending list.
    Pending,
    /// No form matches the line.
    Unknown,
}

impl Say for Unfit {
    fn say(&self, language: Language) -> String {
        let (english, chinese) = match self {
            Self::Blank => (
                "This line is empty. Move to a title, a date, or the heading of the pending list",
                "这一行是空的。请将光标移到论文标题、日期或待读清单的标题行上",
            ),
            Self::Hidden => (
                "This line is code or a comment, which cannot hold papers. Move to a title elsewhere",
                "这一行是代码或注释，其中没有论文。请将光标移到别处的标题上",
            ),
            Self::Front => (
                "This line is front matter. It can give a title only if the whole file is about one paper",
                "这一行在 front matter 中，这里只能指定整个文件的标题",
            ),
            Self::Pending => (
                "This line is in the pending list. Move to the title of a paper that you have read",
                "这一行在待读清单中。请将光标移到读过的论文的标题上",
            ),
            Self::Unknown => (
                "This line does not look like a title. Move to the first line of one: a heading, a list item, a table \
                 row, a separate line, or text in 《》",
                "这一行不符合任何已知的写法。请将光标移到论文标题的第一行。论文标题可以写成 Markdown 标题、\
                 列表项、表格行、单独的一行，或放在《》里",
            ),
        };
        language.pick(english, chinese).to_owned()
    }
}

/// What a line (counted from 1) of a file may be, most likely first. Corrections about the file's titles and dates are
/// ignored.
///
/// # Errors
/// If the line cannot be read as any of them.
pub fn rules_at(file: &File, line: usize) -> Result<Vec<FormRule>, Unfit> {
    let text = file.line(line).trim();
    if text.is_empty() {
        return Err(Unfit::Blank);
    }
    let start = file.start_of(line);
    let end = start + file.line(line).len();
    let parser = of(file, None);
    let mut rules = Vec::new();
    let is_front = start < parser.base;
    let whole = parser.whole_at(start..end).map(|_| FormRule::Titles(TitleForm::WholeFile));
    if is_front {
        return whole.map(|rule| vec![rule]).ok_or(Unfit::Front);
    }
    let at = start - parser.base..end - parser.base;
    if parser.outline.is_hidden(at.start) {
        return Err(Unfit::Hidden);
    }
    let dates = parser.dates();
    rules.extend(
        parser.with_title_input(&dates, |input, parts| forms_at(input, parts, &at)).into_iter().map(FormRule::Titles),
    );
    let analysed = parser.analyse();
    let is_alone = matches!(sets::alone(&analysed.member()), Role::Paper { .. });
    match whole {
        Some(whole) if is_alone => rules.insert(0, whole),
        whole => rules.extend(whole),
    }
    for form in DateForm::ALL {
        let supposed = of(file, Some(Correction::new(&file.name, "", text, FormRule::Dates(form))));
        let dates = supposed.dates();
        if dates.marks.iter().any(|mark| mark.form == form && at.contains(&mark.name.start)) {
            rules.push(FormRule::Dates(form));
        }
    }
    let parser = of(file, None);
    if let Some(heading) = parser.outline.headings.iter().find(|heading| at.contains(&heading.span().start)) {
        let (text, dates) = (&parser.text()[parser.base..], parser.dates());
        if !lists::opens_list(text, &parser.outline, &dates, &parser.log.files[0].dialect, heading) {
            rules.push(FormRule::Pending);
        }
    } else if rules.is_empty() {
        let pending = parser.with_title_input(&parser.dates(), |input, _| input.is_pending_list(at.start));
        return Err(if pending { Unfit::Pending } else { Unfit::Unknown });
    }
    Ok(rules)
}

/// A parser for the file with only its corrections on pending lists, plus `correction`.
fn of(file: &File, correction: Option<Correction>) -> FileParser {
    let dialect = Arc::new(file.dialect.supposing(correction));
    let source = Source { name: file.name.clone(), text: file.text.clone() };
    FileParser::new(source, &dialect, &mut |_| {})
}

impl FileParser {
    /// Returns where a file about one paper takes its title from, if that title starts in `line`, in bytes of the file.
    fn whole_at(&self, line: Range<usize>) -> Option<TitleFrom> {
        [TitleFrom::Front, TitleFrom::Heading, TitleFrom::Line]
            .into_iter()
            .find(|&from| whole::find(self.page(), from).is_some_and(|found| line.contains(&found.span.start)))
    }
}
