//! How the text of a block is read.

/// How the text of the current block is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Lines are joined.
    Flow,
    /// Every line break is kept, since continuation lines are indented.
    Broken,
    /// Prose that CommonMark reads as indented code: line by line, without Markdown.
    Prose,
    /// HTML: line by line, verbatim.
    Html,
    /// Code.
    Code,
    /// A comment.
    Hidden,
}
