//! Files whose dates and titles are known, but which are not cut into sections and entries yet. In a folder, they first
//! agree on a form of titles.

mod indexes;
mod named_days;

use std::cmp::Reverse;
use std::collections::HashMap;

use super::FileParser;
use crate::log::corrections::{Correction, FormRule};
use crate::log::date::When;
use crate::log::date::sequence::{Hint, Order, proven_order};
use crate::log::forms::choice::{Choice, FoundTitle, LEAST, ScoredForm};
use crate::log::forms::dates::{DateForm, Dates, day_of_reading};
use crate::log::forms::sets::{self, Member};
use crate::log::forms::titles::TitleForm;
use crate::log::{Log, Role, SharedText, TitleFrom};

/// A form of titles counts as the folder's if this many files have it, and this share (numerator, denominator) of the
/// files with titles.
const FEW: usize = 3;
const SHARE: (usize, usize) = (3, 5);
/// The bonus for the folder's common form, in log-odds.
const SIBLINGS: f32 = 3.6;

/// A file with this many titles of this score keeps its own form.
const MANY: usize = 20;
const SURE: f32 = 3.0;

/// What a file is, judged together with its siblings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    role: Role,
    /// (the siblings' form of titles, whether it is a correction), if the file's own form differs.
    common: Option<(TitleForm, bool)>,
    /// The siblings' order of day and month.
    order: Option<Order>,
    /// First lines of titles that get no entry because their papers have files of their own.
    with_own_files: Vec<String>,
    /// Whether an index says that the paper has not been read.
    is_unread: bool,
}

/// Judges the files of a folder.
pub(super) fn judge(files: &[&Analysed]) -> Vec<Verdict> {
    let members: Vec<Member> = files.iter().map(|analysed| analysed.member()).collect();
    let (roles, names) = sets::roles(&members);
    let roles = files.iter().zip(roles).map(|(analysed, role)| analysed.corrected_role(role));
    let verdict = |role| Verdict { role, common: None, order: None, with_own_files: Vec::new(), is_unread: false };
    let mut verdicts: Vec<Verdict> = roles.map(verdict).collect();
    indexes::settle(files, &names, &mut verdicts);
    named_days::settle(files, &mut verdicts);
    agree(files, &mut verdicts);
    let order = shared_order(files, &verdicts);
    verdicts.iter_mut().for_each(|verdict| verdict.order = order);
    verdicts
}

/// The order of day and month in all files: if all files that prove one agree, theirs; if none does and the guesses
/// differ, the more frequent one.
fn shared_order(files: &[&Analysed], verdicts: &[Verdict]) -> Option<Order> {
    let members = || files.iter().zip(verdicts);
    let mut proven = members().filter_map(|(analysed, verdict)| analysed.proven_order(&verdict.role)).peekable();
    if let Some(&first) = proven.peek() {
        return proven.all(|order| order == first).then_some(first);
    }
    let guessed: Vec<Order> =
        members().filter_map(|(analysed, verdict)| analysed.guessed_order(&verdict.role)).collect();
    let day_first = guessed.iter().filter(|order| **order == Order::DayFirst).count();
    let is_open = day_first > 0 && day_first < guessed.len();
    is_open.then(|| if day_first * 2 >= guessed.len() { Order::DayFirst } else { Order::MonthFirst })
}

/// Removes the sections of files without entries or tasks, unless no file has any. Dated files (days of a journal) keep
/// theirs.
pub(super) fn dismiss(parts: &mut [Log]) {
    let holds = |part: &Log| !part.entries.is_empty() || !part.tasks.is_empty();
    if !parts.iter().any(holds) {
        return;
    }
    for part in parts.iter_mut().filter(|part| !holds(part)) {
        let is_day = part.files[0].reading.dates.iter().any(|found| found.form == DateForm::File);
        if !is_day || part.files[0].reading.role == Role::Other {
            part.files[0].reading.role = Role::Other;
            part.sections.clear();
        }
    }
}

/// Decides which files should be read in the form of most of their siblings: a file with one paper says little about
/// its own form.
fn agree(files: &[&Analysed], verdicts: &mut [Verdict]) {
    // A correction of one file outweighs the majority.
    let corrected_form = files.iter().find_map(|analysed| analysed.corrected_form());
    let mut counts: HashMap<TitleForm, usize> = HashMap::new();
    let logs = files.iter().zip(&*verdicts).filter(|(_, verdict)| verdict.role == Role::Log);
    for form in logs.filter_map(|(analysed, _)| analysed.form()) {
        *counts.entry(form).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let most = counts.into_iter().max_by_key(|&(form, count)| (count, Reverse(form)));
    let most = most.filter(|(_, count)| *count >= FEW && count * SHARE.1 >= all * SHARE.0).map(|(form, _)| form);
    let Some(common) = corrected_form.or(most) else { return };
    for (analysed, verdict) in files.iter().zip(verdicts) {
        let is_other =
            verdict.role == Role::Log && analysed.corrected_form().is_none() && analysed.form() != Some(common);
        verdict.common = is_other.then_some((common, corrected_form.is_some()));
    }
}

/// A file that has been analysed but not cut into sections and entries yet.
#[derive(Clone)]
pub(super) struct Analysed {
    pub parser: FileParser,
    pub dates: Dates,
    pub choice: Choice,
    pub titles: Vec<FoundTitle>,
    pub role: Role,
}

impl Analysed {
    pub fn member(&self) -> Member<'_> {
        Member { page: self.parser.page(), dates: &self.dates, choice: &self.choice, titles: &self.titles }
    }

    /// The form of titles in the corrections of this file.
    fn corrected_form(&self) -> Option<TitleForm> {
        self.parser.log.files[0].dialect.titles().map(|(form, _)| form)
    }

    /// The file's best form of titles.
    fn form(&self) -> Option<TitleForm> {
        self.choice.forms.first().map(|scored| scored.form)
    }

    pub fn name(&self) -> &str {
        &self.parser.log.files[0].name
    }

    pub fn text(&self) -> &SharedText {
        &self.parser.original
    }

    /// The order of day and month that the file's dates prove. Of a file about one paper, the day of reading counts, too.
    fn proven_order(&self, role: &Role) -> Option<Order> {
        self.dates.proven_order().or_else(|| proven_order(&[self.day_of_reading(role)?]))
    }

    /// The order of day and month that is assumed, where the file's dates prove none.
    fn guessed_order(&self, role: &Role) -> Option<Order> {
        let of_reading = || self.parser.guessed_order(self.day_of_reading(role)?, Hint::default());
        self.dates.order.or_else(of_reading).map(|guess| guess.order)
    }

    fn day_of_reading(&self, role: &Role) -> Option<When> {
        let is_paper = matches!(role, Role::Paper { .. });
        is_paper.then(|| day_of_reading(&self.member().page.text[self.parser.base..]))?
    }

    /// The same file with its titles in this form.
    fn read_as(mut self, form: TitleForm) -> Self {
        self.parser.known_forms = Some(vec![form]);
        (self.choice, self.titles) = self.parser.titles(&self.dates);
        self
    }

    /// Finishes a file of a folder.
    pub fn judged(mut self, verdict: Verdict) -> Log {
        self.role = verdict.role;
        if verdict.order.is_some() && self.dates.has_open_order() {
            self.dates = self.parser.dates_in(verdict.order);
        }
        self.parser.known_order = verdict.order;
        self.parser.with_own_files = verdict.with_own_files;
        self.parser.is_unread |= verdict.is_unread;
        if let Some((common, is_corrected)) = verdict.common {
            self.agree(common, is_corrected);
        }
        self.finish(&mut |_| {})
    }

    /// Finishes a file without siblings.
    pub fn alone(mut self, progress: &mut dyn FnMut(usize)) -> Log {
        self.role = self.corrected_role(sets::alone(&self.member()));
        self.finish(progress)
    }

    /// Adapts the role to the corrections. A corrected form of titles decides whether the file is about one paper.
    fn corrected_role(&self, role: Role) -> Role {
        let dialect = &self.parser.log.files[0].dialect;
        let is_one = matches!(role, Role::Paper { .. });
        let role = match dialect.titles() {
            Some((TitleForm::WholeFile, line)) if !is_one => {
                let name = &self.parser.log.files[0].name;
                let topic = name.rsplit('/').nth(1).unwrap_or_default().to_owned();
                let title = self.parser.title_from(line).unwrap_or(TitleFrom::Heading);
                Role::Paper { title, named: None, topic, is_dated_by_name: true, listed: None, score: 0.0 }
            }
            Some((TitleForm::WholeFile, _)) | None => role,
            Some(_) => Role::Log,
        };
        let tells = |correction: &Correction| correction.rule != FormRule::Titles(TitleForm::WholeFile);
        if role == Role::Other && dialect.own().iter().any(tells) { Role::Log } else { role }
    }

    /// Takes the siblings' form unless the evidence for the file's own form is much stronger. A file without a form of
    /// its own takes a corrected form in any case.
    fn agree(&mut self, common: TitleForm, is_corrected: bool) {
        let is_sure = |own: &ScoredForm| own.found >= MANY && own.score >= SURE;
        if !is_corrected && self.choice.forms.first().is_some_and(is_sure) {
            return;
        }
        let none = if is_corrected { f32::MIN } else { LEAST };
        let own = self.choice.forms.first().map_or(none, |scored| scored.score);
        self.parser.known_forms = Some(vec![common]);
        let (mut choice, titles) = self.parser.titles(&self.dates);
        // Many titles are evidence enough of their own form.
        let bonus = |found: usize| if found <= FEW || is_corrected { SIBLINGS } else { 0.0 };
        let is_near = choice.forms.first().is_some_and(|it| it.found > 0 && it.score + bonus(it.found) >= own);
        if is_near {
            choice.is_corrected = false;
            self.parser.has_marks_form = common == TitleForm::Marks;
            (self.choice, self.titles) = (choice, titles);
        }
    }

    /// The log of this single file; the keys of its entries are not numbered yet.
    pub fn finish(self, progress: &mut dyn FnMut(usize)) -> Log {
        let Self { mut parser, mut dates, mut choice, mut titles, role } = self;
        if role == Role::Other {
            (choice.forms, titles, dates) = (Vec::new(), Vec::new(), Dates::default());
        }
        let whole = match &role {
            Role::Paper { score, .. } => {
                let scored = ScoredForm { form: TitleForm::WholeFile, score: *score, found: 1 };
                parser.whole(&role, &mut dates).then_some(scored)
            }
            _ => None,
        };
        if whole.is_none() {
            parser.sections(&dates, &choice, &titles);
        }
        let tasks = parser.find_tasks();
        // The outline and the entries of a large file would not fit into memory together.
        parser.outline.forget_lists();
        match whole {
            Some(scored) => {
                choice = Choice { forms: vec![scored], ..choice };
                dates = dates.of_file();
            }
            None => parser.entries(titles, progress),
        }
        parser.tasks(tasks);
        parser.into_log(dates, choice, role)
    }
}
