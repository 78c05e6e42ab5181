//! The forms in which logs write titles, with a module for each group of similar forms.
//!
//! A form finds candidates; [`read`](super::title::read) reads the title of one.

mod facts;
mod fields;
pub(crate) mod file_name;
mod first_heading;
mod headings;
mod items;
mod labelled;
mod labels;
mod lines;
mod marks;
mod numbered;
pub(crate) mod rows;
mod scanned;
pub(crate) mod whole;
mod wrapped;
pub(crate) mod write;

use std::num::NonZero;
use std::ops::Range;

pub use super::names::TitleForm;

use super::TitleInput;
use crate::text::{Span, offset};

/// A place where a title may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    span: Span,
    text: Span,
    end: Option<NonZero<u32>>,
    /// Its task, as an index into the outline's tasks.
    pub task: Option<u32>,
    /// The level of its heading, or 0.
    pub level: u8,
    /// Whether the title has no `《》`, but is an unindented line above an indented body.
    pub bare: bool,
    /// Whether something marks it as a title, such as the header of its column.
    pub is_named: bool,
    /// Whether the log says, other than by an open checkbox, that the paper has not been read.
    pub is_unread: bool,
    /// The title, if it continues in the next heading and cannot be read from its text alone.
    pub joined: Option<Box<str>>,
}

impl Candidate {
    fn new(span: Range<usize>, text: Range<usize>) -> Self {
        Self {
            span: span.into(),
            text: text.into(),
            end: None,
            task: None,
            level: 0,
            bare: false,
            is_named: false,
            is_unread: false,
            joined: None,
        }
    }

    /// The same title, with a body that ends at this byte.
    pub fn ending(self, end: usize) -> Self {
        Self { end: NonZero::new(offset(end)), ..self }
    }

    /// The whole lines of the title.
    pub fn span(&self) -> Range<usize> {
        self.span.range()
    }

    /// The bytes that the title is read from.
    pub fn text(&self) -> Range<usize> {
        self.text.range()
    }

    /// The byte at which the body ends; `None` if that is at the next title, heading or date.
    pub fn end(&self) -> Option<usize> {
        self.end.map(|end| end.get() as usize)
    }
}

/// A form and the function that finds its candidates.
pub struct FormFinder {
    /// The form.
    pub form: TitleForm,
    /// Finds the candidates, in file order.
    pub find: fn(&TitleInput) -> Vec<Candidate>,
}

/// All forms that have candidates; [`TitleForm::WholeFile`] is decided elsewhere. To add one, write a module and add a
/// row here.
pub const FORMS: &[FormFinder] = &[
    FormFinder { form: TitleForm::Marks, find: marks::lines },
    FormFinder { form: TitleForm::Headings(1), find: |input| headings::find(input, 1) },
    FormFinder { form: TitleForm::Headings(2), find: |input| headings::find(input, 2) },
    FormFinder { form: TitleForm::Headings(3), find: |input| headings::find(input, 3) },
    FormFinder { form: TitleForm::Headings(4), find: |input| headings::find(input, 4) },
    FormFinder { form: TitleForm::Headings(5), find: |input| headings::find(input, 5) },
    FormFinder { form: TitleForm::Headings(6), find: |input| headings::find(input, 6) },
    FormFinder { form: TitleForm::Bullets, find: |input| items::find(input, items::ItemKind::Bullets) },
    FormFinder { form: TitleForm::Numbers, find: |input| items::find(input, items::ItemKind::Numbers) },
    FormFinder { form: TitleForm::Tasks, find: |input| items::find(input, items::ItemKind::Tasks) },
    FormFinder { form: TitleForm::Rows, find: rows::find },
    FormFinder { form: TitleForm::LinkLines, find: |input| lines::find(input, lines::LineKind::Links) },
    FormFinder { form: TitleForm::NumberedLines, find: |input| lines::find(input, lines::LineKind::Numbers) },
    FormFinder { form: TitleForm::StrongLines, find: |input| lines::find(input, lines::LineKind::Strong) },
    FormFinder { form: TitleForm::PlainLines, find: |input| lines::find(input, lines::LineKind::Plain) },
    FormFinder { form: TitleForm::Labels, find: labels::find },
    FormFinder { form: TitleForm::InText, find: marks::in_text },
];

/// The candidates of a form.
pub(crate) fn find(form: TitleForm, input: &TitleInput) -> Vec<Candidate> {
    FORMS.iter().find(|finder| finder.form == form).map_or_else(Vec::new, |finder| (finder.find)(input))
}
