//! Figures: `<img …>` tags, including malformed ones, Markdown images, and `![[picture.png]]`.
//!
//! CommonMark returns a malformed tag such as `<img src="a.png" width=400" height="200">` as pieces of text. Tags are
//! therefore searched for in the source. A large log has many figures, so only their places are stored; the rest is
//! read when it is needed.

mod caption;
mod tag;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use self::caption::{alternative, caption};
use self::tag::{AFTER_NAME, Tag};
use super::embeds::{Embed, embed, embedded};
use super::images::{Image, image};
use super::outline::Outline;
use super::{Entry, File, Log, Section, SharedText};
use crate::text::Span;

pub(crate) use self::tag::{attributes, tag};

/// A picture in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The path or URL as written.
    pub path: String,
    /// The line above, if it is a caption; otherwise the alternative text.
    pub caption: Option<String>,
    /// Width in pixels, if given in the tag.
    pub width: Option<u32>,
    /// Height in pixels, if given in the tag.
    pub height: Option<u32>,
    /// Line, counted from 1.
    pub line: usize,
    /// Bytes of the tag or Markdown image.
    pub span: Range<usize>,
    /// Whether the tag is not valid HTML.
    pub malformed: bool,
}

/// Where a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigurePlace {
    /// Bytes of the tag or Markdown image.
    pub span: Span,
    /// The path of a Markdown image, which may be defined elsewhere. That of a tag is read from the tag.
    path: Option<SharedText>,
}

impl Log {
    /// The pictures in an entry's body, in order.
    pub fn figures_of(&self, entry: &Entry) -> Vec<Figure> {
        read(&self.files[entry.file()], &entry.figures, &[entry.body().into()])
    }

    /// The pictures in a section's text that belongs to no entry, in order.
    pub fn figures_of_note(&self, section: &Section) -> Vec<Figure> {
        read(&self.files[section.file()], &section.figures, &section.notes)
    }

    /// All pictures, each with its file as an index: first those of entries, then those of notes.
    pub(crate) fn figures(&self) -> impl Iterator<Item = (usize, Figure)> {
        let of_entries = self.entries.iter().map(|entry| (entry.file(), self.figures_of(entry)));
        let of_notes = self.sections.iter().map(|section| (section.file(), self.figures_of_note(section)));
        of_entries.chain(of_notes).flat_map(|(file, figures)| figures.into_iter().map(move |figure| (file, figure)))
    }
}

/// Reads the figures at `places`. `parts` are the texts that they are in; a caption is in the same part as its figure.
fn read(file: &File, places: &[FigurePlace], parts: &[Span]) -> Vec<Figure> {
    let mut end = 0;
    let figure = |place: &FigurePlace| {
        let span = place.span;
        let part = parts.iter().rev().find(|part| part.start() <= span.start()).map_or(0, |part| part.start());
        // A caption must come after the previous figure.
        let is_below_another = end > part;
        // An image may end behind its part, so that this one lies inside it.
        let above = file.text.get(end.max(part)..span.start()).unwrap_or_default();
        end = span.end();
        let written = &file.text[span];
        let Tag { path, width, height, malformed } = attributes_of(place, written);
        let caption = caption(above, is_below_another).or_else(|| alternative(written));
        Figure { path, caption, width, height, line: file.line_of(span.start()), span: span.range(), malformed }
    };
    places.iter().map(figure).collect()
}

/// The path and size of a picture as written.
fn attributes_of(place: &FigurePlace, written: &str) -> Tag {
    if let Some(path) = &place.path {
        return Tag { path: path.to_string(), ..Tag::default() };
    }
    match embed(written) {
        Some(Embed { path, width, height }) => Tag { path, width, height, malformed: false },
        None => tag(written).map(|(_, tag)| tag).unwrap_or_default(),
    }
}

/// The places of the figures within `span`, in order. The outline starts at byte `base` of the file.
pub(super) fn find(file: &File, outline: &Outline, base: usize, span: Range<usize>) -> Vec<FigurePlace> {
    let mut figures = tags(file, outline, base, span.clone());
    figures.extend(embedded(file, outline, base, span.clone()));
    let mut figures: Vec<(Range<usize>, String, bool)> =
        figures.into_iter().map(|(figure, path)| (figure, path, false)).collect();
    let first = outline.images.partition_point(|(range, _)| range.start + base < span.start);
    let images = outline.images[first..].iter().take_while(|(range, _)| range.start + base < span.end);
    figures.extend(images.map(|(range, path)| (range.start + base..range.end + base, path.clone(), true)));
    figures.sort_by_key(|(figure, ..)| figure.start);
    figures.retain(|(_, path, _)| image(path) == Image::Figure);
    // A tag may contain something that looks like another: `<img alt="![x](a.png)">`.
    let mut end = span.start;
    figures.retain(|(figure, ..)| {
        let stands_alone = figure.start >= end;
        end = end.max(figure.end);
        stands_alone
    });
    let place = |(figure, path, is_image): (Range<usize>, String, bool)| FigurePlace {
        span: figure.into(),
        path: is_image.then(|| path.into()),
    };
    figures.into_iter().map(place).collect()
}

/// The `<img …>` tags within `span` that are not inside another, with their paths.
fn tags(file: &File, outline: &Outline, base: usize, span: Range<usize>) -> Vec<(Range<usize>, String)> {
    let text = &file.text[span.clone()];
    let (mut found, mut behind) = (Vec::new(), 0);
    static IMAGE: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("<img"));
    for at in IMAGE.find_iter(text.as_bytes()) {
        let start = span.start + at;
        // Front matter has no figures.
        if at < behind || start < base || outline.is_literal(start - base) {
            continue;
        }
        match tag(&text[at..]) {
            Some((end, tag)) => {
                found.push((start..start + end, tag.path));
                behind = at + end;
            }
            // A tag without an end on this line: no later tag on the line has one either.
            None if text[at + "<img".len()..].starts_with(AFTER_NAME) => {
                behind = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
            }
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::log::{Source, parse};

    #[test]
    fn every_way_to_write_a_figure_is_read() {
        let text = "## 2031.5.17\n\n《Emu》\n\n结构：\n\n<img src=\"a.png\" width=\"7\">\n\n![b](b.png \"emus\") and ![c][of  C]\n\n\
                    ![[d.png|30x20]]\n\n![e]\n\n![f](<f g.png>)\n\n![[1] Figure](h.png)\n\n> ![over two\n> lines](i.png)\n\n\
                    ```\n[e]: wrong.png\n```\n\n[of c]: c.png\n[E]:\n  e.png\n";
        let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        let figures = log.figures_of(&log.entries[0]);
        let paths: Vec<&str> = figures.iter().map(|figure| &*figure.path).collect();
        assert_eq!(paths, ["a.png", "b.png", "c.png", "d.png", "e.png", "f g.png", "h.png", "i.png"]);
        assert_eq!((figures[0].caption.as_deref(), figures[0].width, figures[0].line), (Some("结构："), Some(7), 7));
        assert_eq!((figures[3].width, figures[3].height), (Some(30), Some(20)));
    }
}
