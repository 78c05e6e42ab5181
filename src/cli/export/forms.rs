//! How a file was read, as JSON: where its dates and titles stand.

use serde::Serialize;

use crate::log::File;
use crate::log::forms::choice::Scored;

/// The forms of a file.
#[derive(Serialize)]
pub struct Forms {
    dates: Vec<DateRecord>,
    titles: Vec<TitleRecord>,
    runner_up: Option<TitleRecord>,
    told: bool,
}

#[derive(Serialize)]
struct DateRecord {
    form: &'static str,
    found: usize,
}

#[derive(Serialize)]
struct TitleRecord {
    form: &'static str,
    level: Option<u8>,
    score: f32,
    found: usize,
}

impl Forms {
    /// Takes down how a file was read.
    pub fn of(file: &File) -> Self {
        let title = |scored: &Scored| TitleRecord {
            form: scored.form.code(),
            level: scored.form.level(),
            score: (scored.score * 100.0).round() / 100.0,
            found: scored.found,
        };
        let reading = &file.reading;
        Self {
            dates: reading.dates.iter().map(|(form, found)| DateRecord { form: form.code(), found: *found }).collect(),
            titles: reading.titles.forms.iter().map(title).collect(),
            runner_up: reading.titles.runner_up.as_ref().map(title),
            told: reading.titles.is_told,
        }
    }
}
