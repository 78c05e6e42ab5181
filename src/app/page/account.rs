//! Texts about a log as a whole: what was not understood, what to do with an empty log, and how each
//! file was read.

use super::flow::{BlockKind, PageLine, Span, SpanRole, paragraph};
use super::pages::PageInput;
use super::wrap::wrap;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::screen::layout::Pane;
use crate::log::Log;
use crate::log::explain::{Account, lines};
use crate::say;
use crate::text::width;
use crate::words::Language;

/// Columns of the labels in a file's report.
const LABEL: usize = 10;
/// The maximum width of prose, in columns.
const WIDEST: usize = 88;

/// What was found in a log and what was missed; empty unless much of the log was not understood.
pub fn opening(input: PageInput<'_>, columns: usize) -> Vec<PageLine> {
    let PageInput { log, language, .. } = input;
    let account = Account::of_all(log);
    if !account.is_puzzling() {
        return Vec::new();
    }
    let call = |action| input.keymap.call(action, Context::Pane(Pane::Timeline));
    let (read, edit) = (call(Action::ShowReading), call(Action::Edit));
    let what = what_is_missing(&account, language);
    let (teach, choose) = (call(Action::Teach), input.keymap.call(Action::Open, Context::Teach));
    let point = say!(
        language,
        "Press {teach} to see the raw text, put the cursor on a title and press {choose} twice: papers-tui then recognises titles like it.",
        "按 {teach} 显示日志原文，将光标移到一篇论文的标题上，按两次 {choose}，程序就能识别这种写法。"
    );
    let how = say!(
        language,
        "Press {read} to see how the log was read, or run “papers-tui check --explain”. Press {edit} to edit the log in your \
         editor. {}",
        "按 {read} 查看日志是怎样识别的，也可以运行“papers-tui check --explain”。按 {edit} 用编辑器打开日志。{}",
        always_understood(language)
    );
    paragraphs(&[what, point, how], columns)
}

fn what_is_missing(account: &Account, language: Language) -> String {
    let (found, holds) = (account.found(language), account.shape.describe(language));
    match (account.papers, account.dated()) {
        (0, 0) => say!(
            language,
            "No dates and no titles of papers were recognised. The log has {holds}.",
            "没有识别出日期和论文标题。日志中有 {holds}。"
        ),
        (0, _) => say!(
            language,
            "Found: {found}. The log has {holds}, but no paper titles were recognised.",
            "识别结果：{found}。日志中有 {holds}，但没有识别出论文标题。"
        ),
        (_, dated) => say!(
            language,
            "Found: {found}; only {} of {dated} dates have entries. Some titles may be written in a form that was not recognised.",
            "识别结果：{found}；{dated} 个日期中只有 {} 个有条目。有些标题的写法可能没有识别出来。",
            account.with_papers
        ),
    }
}

/// The format that is recognised in every log, as a sentence.
fn always_understood(language: Language) -> &'static str {
    language.pick(
        "One format works in every log: a heading such as “## 2031.5.17”, and below it the title in 《 》 (Chinese title \
         marks) on its own line.",
        "日期写成“## 2031.5.17”，下面单独用一行写论文标题，放在《 》里，就一定能识别。",
    )
}

/// The page shown if the timeline is empty.
pub fn empty_page(input: PageInput<'_>, columns: usize) -> Vec<PageLine> {
    let opening = opening(input, columns);
    if !opening.is_empty() {
        return opening;
    }
    let language = input.language;
    let call = |action| input.keymap.call(action, Context::Pane(Pane::Timeline));
    let (new, edit) = (call(Action::LogTitle), call(Action::Edit));
    let (none, how) = (
        language.pick("This log has no papers yet.", "日志中还没有论文。"),
        say!(
            language,
            "Press {new} to write the first entry under today's date, or {edit} to open the log in your editor. A day is a \
             heading such as “## 2031.5.17”; below it, each paper starts with its title in 《 》 on a line of its own.",
            "按 {new} 输入标题，即可在今天的日期下写下第一篇；按 {edit} 用编辑器打开日志。日期写成“## 2031.5.17”，\
             下面写论文：每篇先单独用一行写论文标题，放在《 》里。"
        ),
    );
    paragraphs(&[none.to_owned(), how], columns)
}

fn paragraphs(texts: &[String], columns: usize) -> Vec<PageLine> {
    let parted = |text: &String| {
        paragraph(text, SpanRole::Fact, BlockKind::Text, columns).into_iter().chain([PageLine::default()])
    };
    texts.iter().flat_map(parted).collect()
}

/// How each file was read, for a sheet of this width.
pub fn reading(log: &Log, language: Language, columns: usize) -> Vec<PageLine> {
    let columns = columns.min(WIDEST);
    let room = columns.saturating_sub(LABEL).max(LABEL);
    let mut page = Vec::new();
    for (index, file) in log.files.iter().enumerate() {
        page.extend(paragraph(&file.name, SpanRole::Heading, BlockKind::Heading, columns));
        for (label, text) in lines(file, &Account::of(log, index), language) {
            for (row, range) in wrap(&text, room).into_iter().enumerate() {
                let label = if row == 0 { label } else { "" };
                let gap = " ".repeat(LABEL.saturating_sub(width(label)));
                let mut line = PageLine::of(BlockKind::Text, SpanRole::Fact, &format!("{label}{gap}"));
                line.spans.push(Span { text: text[range].to_owned(), role: SpanRole::Body, ..Span::default() });
                page.push(line);
            }
        }
        page.push(PageLine::default());
    }
    let more = say!(
        language,
        "A higher score means that lines in this form look more like paper titles. “papers-tui check --explain” \
         prints this page. {}",
        "得分越高，这种写法越像论文标题。也可以用命令“papers-tui check --explain”输出以上内容。{}",
        always_understood(language)
    );
    page.extend(paragraph(&more, SpanRole::Fact, BlockKind::Text, columns));
    page
}
