//! A PDF, for other programs.

use serde::Serialize;

use crate::papers::Paper;

/// What a PDF says of its paper.
#[derive(Serialize)]
pub struct PdfRecord<'a> {
    path: String,
    title: Option<&'a str>,
    authors: &'a [String],
    arxiv: Option<&'a str>,
    doi: Option<&'a str>,
    date: Option<&'a str>,
    pages: Option<usize>,
    text: bool,
}

impl<'a> PdfRecord<'a> {
    /// Takes a PDF down; one that cannot be read says nothing.
    pub fn of(path: String, paper: Option<&'a Paper>) -> Self {
        Self {
            path,
            title: paper.and_then(Paper::title),
            authors: paper.map_or(&[], |paper| &paper.authors),
            arxiv: paper.and_then(|paper| paper.arxiv.as_deref()),
            doi: paper.and_then(|paper| paper.doi.as_deref()),
            date: paper.and_then(|paper| paper.date.as_deref()),
            pages: paper.map(|paper| paper.pages),
            text: paper.is_some_and(|paper| paper.text),
        }
    }
}
