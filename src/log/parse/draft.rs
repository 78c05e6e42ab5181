//! Files that are understood, and what those of one folder agree on, before they are cut into sections
//! and entries.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::FileParser;
use crate::log::forms::choice::{Choice, Found, LEAST, Scored};
use crate::log::forms::dates::{DateForm, Dates};
use crate::log::forms::sets::{self, Member};
use crate::log::forms::titles::TitleForm;
use crate::log::taught::Fact;
use crate::log::{Log, Role, TitleFrom};

/// As many files, and such a share of those that hold papers, make a form that of their siblings.
const FEW: usize = 3;
const SHARE: (usize, usize) = (3, 5);
/// How much the siblings of a file say for their form, in log-odds.
const SIBLINGS: f32 = 3.6;

/// The readings of a folder's files. Those that hold nothing of the log have no sections, unless all
/// are so.
pub(super) fn settle(mut drafts: Vec<Draft>) -> Vec<Log> {
    let members: Vec<Member> = drafts.iter().map(Draft::member).collect();
    let roles = sets::roles(&members);
    for (draft, role) in drafts.iter_mut().zip(roles) {
        draft.role = role;
    }
    drafts.iter_mut().for_each(Draft::take_lesson);
    agree(&mut drafts);
    let mut parts: Vec<Log> = drafts.into_iter().map(|draft| draft.finish(&mut |_| {})).collect();
    let holds = |part: &Log| !part.entries.is_empty() || !part.tasks.is_empty();
    if parts.iter().any(holds) {
        for part in parts.iter_mut().filter(|part| !holds(part)) {
            let is_day = part.files[0].reading.dates.iter().any(|found| found.form == DateForm::File);
            if !is_day || part.files[0].reading.role == Role::Other {
                part.files[0].reading.role = Role::Other;
                part.sections.clear();
            }
        }
    }
    parts
}

/// Reads files as most of their siblings are: a week with one paper says little of how that is written.
fn agree(drafts: &mut [Draft]) {
    let is_log = |draft: &&mut Draft| draft.role == Role::Log;
    let form = |draft: &Draft| draft.choice.forms.first().map(|scored| scored.form);
    // What was taught of one of them says more than most.
    let taught = drafts.iter().find_map(|draft| draft.taught());
    let mut counts: HashMap<TitleForm, usize> = HashMap::new();
    for form in drafts.iter_mut().filter(is_log).filter_map(|draft| form(draft)) {
        *counts.entry(form).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let most = counts.into_iter().max_by_key(|&(form, count)| (count, Reverse(form)));
    let most = most.filter(|(_, count)| *count >= FEW && count * SHARE.1 >= all * SHARE.0).map(|(form, _)| form);
    let Some(common) = taught.or(most) else { return };
    let others = drafts.iter_mut().filter(is_log).filter(|draft| draft.taught().is_none());
    for draft in others.filter(|draft| form(draft) != Some(common)) {
        draft.agree(common, taught.is_some());
    }
}

/// A file that is understood, but not yet cut into sections and entries.
pub(super) struct Draft {
    pub parser: FileParser,
    pub dates: Dates,
    pub choice: Choice,
    pub titles: Vec<Found>,
    pub role: Role,
}

impl Draft {
    pub fn member(&self) -> Member<'_> {
        Member { page: self.parser.page(), dates: &self.dates, choice: &self.choice, titles: &self.titles }
    }

    /// The form of titles that was taught of this file.
    fn taught(&self) -> Option<TitleForm> {
        self.parser.log.files[0].dialect.titles().map(|(form, _)| form)
    }

    /// What was taught of this file says, before anything else, whether all of it is about one paper.
    pub fn take_lesson(&mut self) {
        let dialect = &self.parser.log.files[0].dialect;
        let is_one = matches!(self.role, Role::Paper { .. });
        match dialect.titles() {
            Some((TitleForm::WholeFile, line)) if !is_one => {
                let name = &self.parser.log.files[0].name;
                let topic = name.rsplit('/').nth(1).unwrap_or_default().to_owned();
                let title = self.parser.title_from(line).unwrap_or(TitleFrom::Heading);
                self.role = Role::Paper { title, topic, is_dated_by_name: true, score: 0.0 };
            }
            Some((TitleForm::WholeFile, _)) | None => {}
            Some(_) => self.role = Role::Log,
        }
        if dialect.own().iter().any(|lesson| lesson.fact != Fact::Titles(TitleForm::WholeFile))
            && self.role == Role::Other
        {
            self.role = Role::Log;
        }
    }

    /// Takes the form of its siblings, where not much less speaks for it than for its own; what was
    /// taught of one of them needs nothing more, where it has none.
    fn agree(&mut self, common: TitleForm, is_taught: bool) {
        let none = if is_taught { f32::MIN } else { LEAST };
        let own = self.choice.forms.first().map_or(none, |scored| scored.score);
        self.parser.told = Some(vec![common]);
        let (mut choice, titles) = self.parser.titles(&self.dates);
        let is_near = choice.forms.first().is_some_and(|it| it.found > 0 && it.score + SIBLINGS >= own);
        if is_near {
            choice.is_told = false;
            self.parser.marks_are_taken = common == TitleForm::Marks;
            (self.choice, self.titles) = (choice, titles);
        }
    }

    /// The log of this file alone, its entries without keys.
    pub fn finish(self, progress: &mut dyn FnMut(usize)) -> Log {
        let Self { mut parser, mut dates, mut choice, mut titles, role } = self;
        if role == Role::Other {
            (choice.forms, titles, dates) = (Vec::new(), Vec::new(), Dates::default());
        }
        let whole = match &role {
            Role::Paper { title, topic, is_dated_by_name, score } => {
                let scored = Scored { form: TitleForm::WholeFile, score: *score, found: 1 };
                parser.whole(*title, topic, *is_dated_by_name, &dates).then_some(scored)
            }
            _ => None,
        };
        match whole {
            Some(scored) => {
                choice = Choice { forms: vec![scored], ..choice };
                dates = dates.of_file();
            }
            None => {
                parser.sections(&dates, &choice, &titles);
                parser.entries(titles, progress);
                parser.pardon_titles();
            }
        }
        parser.tasks();
        parser.account(dates, choice, role)
    }
}
