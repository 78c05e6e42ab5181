//! The detected forms of dates and titles, as JSON.

use serde::Serialize;

use crate::log::File;
use crate::log::forms::choice::ScoredForm;
use crate::log::forms::dates::DateEvidence;

/// The forms of a file. Scores have two decimals.
#[derive(Serialize)]
pub struct Forms {
    dates: Vec<DateRecord>,
    titles: Vec<TitleRecord>,
    runner_up: Option<TitleRecord>,
    other_dates: Option<DateRecord>,
}

#[derive(Serialize)]
struct DateRecord {
    form: &'static str,
    found: usize,
    in_order: f32,
}

#[derive(Serialize)]
struct TitleRecord {
    form: &'static str,
    level: Option<u8>,
    score: f32,
    found: usize,
}

impl DateRecord {
    fn of(found: &DateEvidence) -> Self {
        Self { form: found.form.code(), found: found.found, in_order: rounded(found.in_order) }
    }
}

impl Forms {
    /// The forms detected in `file`.
    pub fn of(file: &File) -> Self {
        let title = |scored: &ScoredForm| TitleRecord {
            form: scored.form.code(),
            level: scored.form.level(),
            score: rounded(scored.score),
            found: scored.found,
        };
        let reading = &file.reading;
        Self {
            dates: reading.dates.iter().map(DateRecord::of).collect(),
            titles: reading.titles.forms.iter().map(title).collect(),
            runner_up: reading.titles.runner_up.as_ref().map(title),
            other_dates: reading.other_dates.as_ref().map(DateRecord::of),
        }
    }
}

fn rounded(number: f32) -> f32 {
    (number * 100.0).round() / 100.0
}
