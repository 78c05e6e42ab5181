//! Parses text into a [`Log`]. Never fails.
//!
//! First the forms of dates and titles are found ([`forms`](super::forms)). Then dates and the name of the pending list
//! cut a file into sections, and titles cut sections into entries.

mod accept;
mod analysed;
mod badges;
mod cache;
mod entries;
mod leads;
mod lists;
pub mod offer;
mod point;
mod sample;
mod sections;
mod tasks;
mod whole;

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use self::accept::Habits;
use self::analysed::Analysed;
pub(crate) use self::cache::ParseCache;
use self::leads::Leads;
use self::lists::NamedLists;
pub use self::point::Unfit;
use super::date::sequence::{Order, Resolved};
use super::dialect::Dialect;
use super::forms::choice::{Choice, FoundTitle, LEAST, choose};
use super::forms::dates::{self, DateInput, DateMark, Dates, OrderReason};
use super::forms::front::{self, FrontMatter};
use super::forms::titles::whole::ScannedFile;
use super::forms::{TitleInput, titles::TitleForm};
use super::outline::Outline;
use super::{File, FileReading, Log, Role, Shape, SharedText, Source, pending};

/// The size in bytes above which forms are found from samples.
const LARGE: usize = 1 << 20;
/// Sampling saves no time if the sample is larger than 1/`SAMPLED_AT_MOST` of the text.
const SAMPLED_AT_MOST: usize = 4;
/// How many times the whole text is scanned: once for the outline, once for the entries.
pub(crate) const PASSES: usize = 2;

/// Parses files as one log.
pub fn parse(sources: impl IntoIterator<Item = Source>) -> Log {
    parse_as(sources, &Arc::default())
}

/// Parses files as one log, in the user's dialect.
pub fn parse_as(sources: impl IntoIterator<Item = Source>, dialect: &Arc<Dialect>) -> Log {
    parse_with_progress(sources, dialect, &mut |_| {})
}

/// Parses a file again after an edit, in the forms found before.
pub fn reparse(before: &File, text: SharedText) -> Log {
    let source = Source { name: before.name.clone(), text };
    let titles = &before.reading.titles;
    let known_forms: Vec<TitleForm> = titles.forms.iter().map(|scored| scored.form).collect();
    let mut parser = FileParser::new(source, &before.dialect, &mut |_| {});
    parser.known_forms = (!known_forms.is_empty()).then_some(known_forms);
    // The order of day and month in the files beside it still holds.
    let of_siblings = before.reading.order.filter(|guess| guess.reason == OrderReason::Siblings);
    parser.known_order = of_siblings.map(|guess| guess.order);
    parser.with_own_files.clone_from(&before.reading.with_own_files);
    let mut analysed = parser.analyse();
    (analysed.choice.is_corrected, analysed.choice.runner_up) = (titles.is_corrected, titles.runner_up);
    if before.reading.role != Role::Log || !titles.forms.is_empty() {
        analysed.role = before.reading.role.clone();
    }
    let mut log = analysed.finish(&mut |_| {});
    log.name_entries();
    log.mark_pending();
    log
}

/// Parses files as one log. `progress` is called from time to time with the bytes scanned so far; the total is
/// [`PASSES`] times the size of all files.
pub(crate) fn parse_with_progress(
    sources: impl IntoIterator<Item = Source>,
    dialect: &Arc<Dialect>,
    progress: &mut dyn FnMut(u64),
) -> Log {
    parse_folders(sources, &[], dialect, progress)
}

/// Parses files as one log, some of them grouped in folders, where siblings help to decide what each file is. `folders`
/// are ascending ranges of file indices.
pub fn parse_folders(
    sources: impl IntoIterator<Item = Source>,
    folders: &[Range<usize>],
    dialect: &Arc<Dialect>,
    progress: &mut dyn FnMut(u64),
) -> Log {
    ParseCache::default().read(sources, folders, dialect, progress)
}

/// Replaces each lone carriage return (an old line ending) with a newline. Offsets stay the same.
fn with_newlines(text: SharedText) -> SharedText {
    let bytes = text.as_bytes();
    let is_lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let Some(first) = memchr_iter(b'\r', bytes).find(is_lone) else { return text };
    let mut with = text[..first].to_owned();
    let mut rest = text[first..].chars().peekable();
    while let Some(c) = rest.next() {
        with.push(if c == '\r' && rest.peek() != Some(&'\n') { '\n' } else { c });
    }
    with.into()
}

/// Parses one file into a log of its own.
#[derive(Clone)]
struct FileParser {
    /// The text as given. Until the file is finished, the log has a copy with a newline for each lone carriage return.
    original: SharedText,
    log: Log,
    file: usize,
    /// Length in bytes of the byte order mark and front matter, which are not parsed as Markdown.
    base: usize,
    front: FrontMatter,
    outline: Outline,
    shape: Shape,
    /// Headings and lines named like a pending list.
    named_lists: NamedLists,
    /// The forms of titles, if they are already known.
    known_forms: Option<Vec<TitleForm>>,
    /// The order of day and month in the files beside this one, if it is already known.
    known_order: Option<Order>,
    /// Whether titles in `《》` or above indented text are an established form.
    has_marks_form: bool,
    /// Indices of the sections in topics, ascending. A topic starts at an undated heading of the level of the dated
    /// ones.
    topics: Vec<usize>,
    /// Starts of lines that have the form of the titles but were rejected.
    rejected: Vec<usize>,
    /// First lines of titles that get no entry because their papers have files of their own; sorted.
    with_own_files: Vec<String>,
    /// Whether the file's name or front matter says that papers without a checkbox are unread.
    is_unread: bool,
    /// The likeness score of a title that the user pointed at; candidates that score at least as high are accepted.
    least_likeness: Option<f32>,
    /// What nearly all titles have in common.
    habits: Habits,
    /// What most titles begin with.
    leads: Leads,
}

impl FileParser {
    fn new(source: Source, dialect: &Arc<Dialect>, progress: &mut dyn FnMut(usize)) -> Self {
        let original = source.text.clone();
        let source = Source { text: with_newlines(source.text), ..source };
        let front = front::read(&source.text);
        let outline = Outline::scan(&source.text[front.length..], progress);
        let mut log = Log::default();
        let tables = outline.tables.iter().map(|table| front.length + table.span().start).collect();
        let dialect = dialect.of_file(&source.name, &source.text);
        let is_list = pending::is_path_of_list(&source.name);
        let mut named_lists = NamedLists::find(&source.text[front.length..], &outline, &dialect);
        if is_list {
            named_lists.forget_title(&outline);
        }
        log.files.push(File::new(source, front.title.clone(), dialect, tables));
        Self {
            original,
            log,
            file: 0,
            base: front.length,
            is_unread: is_list,
            front,
            shape: Shape { headings: outline.headings.len(), items: outline.items.len(), rows: outline.rows.len() },
            outline,
            named_lists,
            known_forms: None,
            known_order: None,
            has_marks_form: false,
            topics: Vec::new(),
            rejected: Vec::new(),
            with_own_files: Vec::new(),
            least_likeness: None,
            habits: Habits::default(),
            leads: Leads::default(),
        }
    }

    fn analyse(mut self) -> Analysed {
        let dates = self.dates();
        let (choice, titles) = self.titles(&dates);
        let marks = choice.forms.iter().find(|it| it.form == TitleForm::Marks);
        self.has_marks_form = marks.is_some_and(|it| it.score >= LEAST || choice.is_corrected);
        Analysed { parser: self, dates, choice, titles, role: Role::Log }
    }

    /// Stores how the file was read, and returns its log.
    fn into_log(mut self, dates: Dates, choice: Choice, role: Role) -> Log {
        let base = self.base;
        let shifted = |range: &Range<usize>| range.start + base..range.end + base;
        let unknown = dates.marks.iter().zip(&dates.resolved).filter(|(_, date)| **date == Resolved::Unknown);
        let (unread, dateless): (Vec<&DateMark>, Vec<&DateMark>) =
            unknown.map(|(mark, _)| mark).partition(|mark| !mark.name.is_empty());
        let file = &mut self.log.files[self.file];
        file.text = self.original;
        file.reading = FileReading {
            dates: dates.forms,
            other_dates: dates.runner_up,
            titles: choice,
            order: dates.order,
            years: dates.years,
            unread: unread.iter().map(|mark| shifted(&mark.name)).collect(),
            dateless: dateless.iter().map(|mark| mark.at + base).collect(),
            rejected: self.rejected,
            with_own_files: self.with_own_files,
            front: base,
            role,
            shape: self.shape,
        };
        self.log
    }

    fn page(&self) -> ScannedFile<'_> {
        let file = &self.log.files[0];
        ScannedFile { name: &file.name, text: &file.text, front: &self.front, outline: &self.outline }
    }

    fn text(&self) -> &str {
        &self.log.files[self.file].text
    }

    fn line_of(&self, offset: usize) -> usize {
        self.log.files[self.file].line_of(offset)
    }

    fn dates(&self) -> Dates {
        self.dates_in(self.known_order)
    }

    /// The file's dates. `order` is the order of day and month in its siblings, if known.
    fn dates_in(&self, order: Option<Order>) -> Dates {
        dates::find(&self.date_input(order))
    }

    fn date_input(&self, order: Option<Order>) -> DateInput<'_> {
        let file = &self.log.files[self.file];
        let (text, outline, front) = (&file.text[self.base..], &self.outline, &self.front);
        DateInput { text, outline, dialect: &file.dialect, name: &file.name, front, order }
    }

    /// (forms of titles, all candidates in file order, with offsets from the base).
    fn titles(&self, dates: &Dates) -> (Choice, Vec<FoundTitle>) {
        self.with_title_input(dates, |input, parts| self.chosen(input, parts))
    }

    /// Calls `act` with the input for forms of titles and the parts of the file.
    fn with_title_input<T>(&self, dates: &Dates, act: impl FnOnce(&TitleInput, &[Range<usize>]) -> T) -> T {
        let file = &self.log.files[self.file];
        let text = &file.text[self.base..];
        let pending = lists::pending(text, &self.outline, &self.named_lists, dates, &file.dialect);
        let marks: Vec<(usize, Option<usize>)> = dates.marks.iter().map(|mark| (mark.at, mark.title_start)).collect();
        let input = TitleInput {
            text,
            outline: &self.outline,
            dialect: &file.dialect,
            name: &file.name,
            front: &self.front,
            dates: &marks,
            pending: &pending,
        };
        act(&input, &parts(&self.outline, dates, &pending, text.len()))
    }

    fn chosen(&self, input: &TitleInput, parts: &[Range<usize>]) -> (Choice, Vec<FoundTitle>) {
        let (file, text) = (&self.log.files[self.file], input.text);
        if self.known_forms.is_some() || text.len() <= LARGE {
            return choose(input, parts, self.known_forms.as_deref());
        }
        let sample = sample::of(text, parts);
        // Each part of the sample ends at a line break, so long lines can make it too large.
        if sample.len() > text.len() / SAMPLED_AT_MOST {
            return choose(input, parts, None);
        }
        let sampled = self.sampled(&sample);
        let mut forms: Vec<TitleForm> = sampled.forms.iter().map(|scored| scored.form).collect();
        let corrected = file.dialect.titles().map(|(form, _)| form);
        if let Some(corrected) = corrected.filter(|form| !forms.contains(form)) {
            forms.insert(0, corrected);
        }
        let (mut choice, titles) = choose(input, parts, Some(&forms));
        choice.is_corrected = corrected.is_some();
        choice.runner_up = sampled.runner_up;
        for scored in &mut choice.forms {
            let of_sample = sampled.forms.iter().find(|other| other.form == scored.form);
            scored.score = of_sample.map_or(scored.score, |of_sample| of_sample.score);
        }
        (choice, titles)
    }

    /// The forms found in a sample of the text.
    fn sampled(&self, text: &str) -> Choice {
        let file = &self.log.files[self.file];
        let outline = Outline::scan(text, &mut |_| {});
        let (dialect, name, front) = (&*file.dialect, &*file.name, &self.front);
        let dates = dates::find(&DateInput { text, outline: &outline, dialect, name, front, order: None });
        let named_lists = NamedLists::find(text, &outline, dialect);
        let pending = lists::pending(text, &outline, &named_lists, &dates, dialect);
        let marks: Vec<(usize, Option<usize>)> = dates.marks.iter().map(|mark| (mark.at, mark.title_start)).collect();
        let parts = parts(&outline, &dates, &pending, text.len());
        let input = TitleInput { text, outline: &outline, dialect, name, front, dates: &marks, pending: &pending };
        choose(&input, &parts, None).0
    }
}

/// The parts of a file: one per date or, without dates, one per heading of the highest level that has several. Headings
/// in pending lists do not count, since no titles are there.
fn parts(outline: &Outline, dates: &Dates, pending: &[Range<usize>], length: usize) -> Vec<Range<usize>> {
    let is_pending = |at: usize| {
        let after = pending.partition_point(|list| list.start <= at);
        after > 0 && at < pending[after - 1].end
    };
    let mut starts: Vec<usize> = dates.marks.iter().map(|mark| mark.at).collect();
    if starts.is_empty() {
        let headings = || outline.headings.iter().filter(|heading| !is_pending(heading.span().start));
        let mut counts = [0_usize; 7];
        headings().for_each(|heading| counts[usize::from(heading.level.min(6))] += 1);
        let top = counts.iter().position(|&count| count > 1);
        let is_top = |level: u8| top == Some(usize::from(level.min(6)));
        starts = headings().filter(|heading| is_top(heading.level)).map(|heading| heading.span().start).collect();
    }
    let ends = starts.iter().skip(1).copied().chain([length]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether the bodies of a form run on to the next title.
fn runs_on(form: TitleForm) -> bool {
    !matches!(form, TitleForm::Bullets | TitleForm::Numbers | TitleForm::Tasks | TitleForm::Rows)
}
