//! Extracts the text of a PDF with `pdfboss`; no other module uses that crate.

use pdfboss_core::{Document, Error};
use pdfboss_output::{extract_text_reporting_cached, retain_spans_on_page};
use pdfboss_text::{FontCache, ReadingOrder, TextSpan, extract_spans_reporting_cached};

use super::PdfError;
use crate::papers::PdfContent;
use crate::papers::sheet::{FontRun, PdfLayout};

/// The `%PDF-` mark must be within this many bytes of the start.
const MARK_WITHIN: usize = 1024;
/// How many pages to read from the start. The references of a longer book are at its end, so the last [`LAST`] pages
/// are read too.
const FIRST: usize = 300;
const LAST: usize = 400;
/// How many pages to read with their layout: the first, and the second in case the first is a cover.
const SHEETS: usize = 2;
/// Maximum amount of text in bytes.
const MOST: usize = 16 << 20;

/// Extracts text and metadata.
pub(super) fn parse(bytes: Vec<u8>) -> Result<PdfContent, PdfError> {
    let head = &bytes[..bytes.len().min(MARK_WITHIN)];
    if !head.windows(5).any(|mark| mark == b"%PDF-") {
        return Err(PdfError::NoPdf);
    }
    let document = Document::load(bytes).map_err(|error| reason(&error))?;
    let count = document.flattened_page_count();
    if count == 0 {
        return Err(PdfError::NoPages);
    }
    let (fonts, order) = (FontCache::default(), ReadingOrder::Content);
    let named = document.metadata();
    let mut source = PdfContent { title: named.title, authors: named.author, count, ..PdfContent::default() };
    let mut size = 0;
    for index in (0..count).filter(|&index| index < FIRST || index + LAST >= count) {
        let Ok(page) = document.page(index) else { continue };
        if index < SHEETS
            && let Ok((mut spans, _)) = extract_spans_reporting_cached(&document, &page, &fonts, order)
        {
            retain_spans_on_page(&mut spans, &page);
            let (lower, upper) = (page.crop_box.y0.min(page.crop_box.y1), page.crop_box.y0.max(page.crop_box.y1));
            let pieces = spans.into_iter().map(|span| piece(span, page.rotate, lower)).collect();
            source.sheets.resize_with(index, PdfLayout::default);
            source.sheets.push(PdfLayout { height: upper - lower, pieces });
        }
        let text = extract_text_reporting_cached(&document, &page, &fonts, order).map(|(text, _)| text);
        let text = text.unwrap_or_default();
        size += text.len();
        source.pages.push(text);
        if size > MOST {
            break;
        }
    }
    Ok(source)
}

fn reason(error: &Error) -> PdfError {
    match error {
        Error::Encrypted => PdfError::Encrypted,
        other => PdfError::Broken(other.to_string()),
    }
}

fn piece(span: TextSpan, upright: i32, lower: f32) -> FontRun {
    FontRun {
        x: span.x,
        end: span.end_x,
        y: span.y - lower,
        size: span.size,
        turned: span.rotate != upright,
        text: span.text,
    }
}
