//! Files whose dates and titles are known, but which are not cut into sections and entries yet. In a folder, they first
//! agree on a form of titles.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::FileParser;
use crate::log::forms::choice::{Choice, Found, LEAST, Scored};
use crate::log::forms::dates::{DateForm, Dates};
use crate::log::forms::sets::{self, Member};
use crate::log::forms::titles::TitleForm;
use crate::log::taught::Fact;
use crate::log::{Log, Role, TitleFrom};

/// This many files, and this share of those with papers, must have a form for it to count as the folder's.
const FEW: usize = 3;
const SHARE: (usize, usize) = (3, 5);
/// The bonus for the folder's common form, in log-odds.
const SIBLINGS: f32 = 3.6;

/// The logs of a folder's files. Files without entries and tasks get no sections, unless that is true of all.
pub(super) fn finish_folder(mut files: Vec<Analysed>) -> Vec<Log> {
    let members: Vec<Member> = files.iter().map(Analysed::member).collect();
    let roles = sets::roles(&members);
    for (analysed, role) in files.iter_mut().zip(roles) {
        analysed.role = role;
    }
    files.iter_mut().for_each(Analysed::take_lesson);
    agree(&mut files);
    let mut parts: Vec<Log> = files.into_iter().map(|analysed| analysed.finish(&mut |_| {})).collect();
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

/// Reads files in the form that most of their siblings have: a file with one paper is weak evidence of its form.
fn agree(files: &mut [Analysed]) {
    let is_log = |analysed: &&mut Analysed| analysed.role == Role::Log;
    let form = |analysed: &Analysed| analysed.choice.forms.first().map(|scored| scored.form);
    // What was taught about one of them outweighs the majority.
    let taught = files.iter().find_map(|analysed| analysed.taught());
    let mut counts: HashMap<TitleForm, usize> = HashMap::new();
    for form in files.iter_mut().filter(is_log).filter_map(|analysed| form(analysed)) {
        *counts.entry(form).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let most = counts.into_iter().max_by_key(|&(form, count)| (count, Reverse(form)));
    let most = most.filter(|(_, count)| *count >= FEW && count * SHARE.1 >= all * SHARE.0).map(|(form, _)| form);
    let Some(common) = taught.or(most) else { return };
    let others = files.iter_mut().filter(is_log).filter(|analysed| analysed.taught().is_none());
    for analysed in others.filter(|analysed| form(analysed) != Some(common)) {
        analysed.agree(common, taught.is_some());
    }
}

/// A file that has been analysed but not cut into sections and entries yet.
pub(super) struct Analysed {
    pub parser: FileParser,
    pub dates: Dates,
    pub choice: Choice,
    pub titles: Vec<Found>,
    pub role: Role,
}

impl Analysed {
    pub fn member(&self) -> Member<'_> {
        Member { page: self.parser.page(), dates: &self.dates, choice: &self.choice, titles: &self.titles }
    }

    /// The form of titles that was taught for this file.
    fn taught(&self) -> Option<TitleForm> {
        self.parser.log.files[0].dialect.titles().map(|(form, _)| form)
    }

    /// What was taught about this file decides whether it is about one paper.
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

    /// Takes the siblings' form unless the evidence for the file's own form is much stronger. A file without a form of
    /// its own takes a taught form in any case.
    fn agree(&mut self, common: TitleForm, is_taught: bool) {
        let none = if is_taught { f32::MIN } else { LEAST };
        let own = self.choice.forms.first().map_or(none, |scored| scored.score);
        self.parser.known_forms = Some(vec![common]);
        let (mut choice, titles) = self.parser.titles(&self.dates);
        let is_near = choice.forms.first().is_some_and(|it| it.found > 0 && it.score + SIBLINGS >= own);
        if is_near {
            choice.is_told = false;
            self.parser.has_marks_form = common == TitleForm::Marks;
            (self.choice, self.titles) = (choice, titles);
        }
    }

    /// The log of this single file; its entries have no keys yet.
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
                parser.decide_empty_titles();
            }
        }
        parser.tasks();
        parser.into_log(dates, choice, role)
    }
}
