//! The JSON record of a PDF.

use serde::Serialize;

use crate::papers::Paper;

/// The metadata of a PDF.
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
    /// The record of a PDF. If the PDF cannot be read (`None`), only the path is set.
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
