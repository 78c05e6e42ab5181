//! Reasons for not applying a change.

use crate::say;
use crate::words::{Language, Say, Sentence};

/// Why an intent was not applied. The log is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum Refusal {
    /// Nothing in the log has this text any more.
    Gone(String),
    /// The text around this line was edited since it was written, so that it cannot be undone.
    Edited(String),
    /// This line, written since, would belong to something else after an undo.
    WrittenBelow(String),
    /// This text occurs this many times, and it is unclear which one is meant.
    Ambiguous(String, usize),
    /// The item's mark has been changed again since the change to undo.
    MarkChanged(String),
    /// The file is no longer part of the log.
    NoFile(Sentence),
    /// Another running papers-tui has already undone the change.
    AlreadyUndone(Sentence),
    /// The change would have affected more than its target.
    TooBroad(Sentence),
    /// A fix would have affected more than the problem.
    FixTooBroad(Sentence),
    /// The log would not read this as a title.
    Misread(String),
    /// The file covers a single day, and this entry is from another one.
    OneDay(String),
    /// The file covers a single paper, and this is another one.
    OnePaper(String),
    /// A file of this name already exists.
    Exists(String),
    /// The file to be removed has been edited.
    Rewritten(String),
    /// The log has no dates to put this entry under.
    Undated(String),
    /// The text is empty.
    Empty,
    /// The log has no pending list, and there is no place where one would not change how the rest is read.
    NoPlaceForList,
    /// The lines end in carriage returns alone, as on old Macs; only the bytes of a mark can be changed there.
    CarriageReturns,
    /// The item cannot move further that way: it has no sibling or parent there, or other text is in between.
    Edge(String),
    /// An unresolved merge conflict starts at this line.
    Conflict(usize),
}

impl Say for Refusal {
    fn say(&self, language: Language) -> String {
        say!(language, "{}. Nothing was written", "{}。未写入任何内容", self.reason(language))
    }
}

impl Refusal {
    /// The reason, without “Nothing was written”.
    #[expect(clippy::too_many_lines, reason = "a table: one sentence per refusal")]
    pub(crate) fn reason(&self, language: Language) -> String {
        match self {
            Self::Gone(item) => say!(
                language,
                "“{item}” is no longer in the log: another program changed or removed it",
                "“{item}”已被其他程序修改或删除"
            ),
            Self::Edited(line) => say!(
                language,
                "the text that it wrote has been edited since, at “{line}”",
                "它写下的文字后来在“{line}”处又有改动"
            ),
            Self::WrittenBelow(line) => say!(
                language,
                "“{line}” was written below it since, and would then belong to something else",
                "后来在它下面写了“{line}”，撤销会使这些文字归到别处"
            ),
            Self::Ambiguous(item, count) => say!(
                language,
                "“{item}” is now in the log {count} times; cannot tell which one is meant",
                "“{item}”在日志中有 {count} 处，无法确定是哪一个"
            ),
            Self::MarkChanged(item) => {
                say!(language, "the checkbox of “{item}” has been changed since", "“{item}”的勾选状态后来又被改过")
            }
            Self::NoFile(what) => {
                say!(
                    language,
                    "the file that contains “{}” no longer exists",
                    "“{}”所在的文件已不存在",
                    what.get(language)
                )
            }
            Self::AlreadyUndone(what) => say!(
                language,
                "“{}” was already undone by another papers-tui",
                "“{}”已由另一个 papers-tui 撤销",
                what.get(language)
            ),
            Self::TooBroad(item) => say!(
                language,
                "changing “{}” would affect more than this item",
                "修改“{}”会影响此项以外的内容",
                item.get(language)
            ),
            Self::FixTooBroad(what) => say!(
                language,
                "cannot {} without changing other text too",
                "要{}，就会改动其他内容",
                what.get(language)
            ),
            Self::Misread(title) => say!(
                language,
                "“{title}” would not be read as a title in this log",
                "按此日志的标题写法，“{title}”不会被识别为标题"
            ),
            Self::OneDay(title) => say!(
                language,
                "“{title}” is from another day, and this file covers a single day: put it in a file of its own",
                "“{title}”属于另一天，而此文件只记录一天；请另建文件"
            ),
            Self::OnePaper(title) => say!(
                language,
                "“{title}” needs a file of its own: here each file is about one paper",
                "“{title}”需要单独的文件：这里每个文件只写一篇论文"
            ),
            Self::Exists(file) => {
                say!(language, "{file} already exists and will not be overwritten", "{file} 已存在，不会覆盖")
            }
            Self::Rewritten(file) => {
                say!(language, "{file} has changed since and will not be removed", "{file} 后来又被修改，不会删除")
            }
            Self::Undated(title) => say!(
                language,
                "this log has no dates: choose a heading for “{title}”",
                "此日志没有日期，请指定“{title}”写在哪个标题下"
            ),
            Self::Empty => language.pick("the text is empty", "文字为空").to_owned(),
            Self::NoPlaceForList => language
                .pick(
                    "no safe place for a pending list was found; write “# pending list” in the log, then try again",
                    "找不到适合添加待读清单的位置；请先在日志中写“# pending list”",
                )
                .to_owned(),
            Self::CarriageReturns => language
                .pick(
                    "the lines of this log end in CR alone (old Mac format); convert it to LF first",
                    "此日志用单独的 CR 换行（旧版 Mac 格式）；请先转换为 LF",
                )
                .to_owned(),
            Self::Edge(item) => {
                say!(language, "“{item}” cannot move further that way", "“{item}”不能再向这个方向移动")
            }
            Self::Conflict(line) => say!(
                language,
                "line {line} begins a merge conflict (“<<<<<<<”): the log is read-only until it is resolved",
                "第 {line} 行有合并冲突（“<<<<<<<”）：解决之前日志只读"
            ),
        }
    }
}
