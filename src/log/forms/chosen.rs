//! The forms chosen for the titles of a file, and the titles found in them.

use super::titles::{Candidate, TitleForm};

/// A form with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredForm {
    /// The form.
    pub form: TitleForm,
    /// The sum of evidence in log-odds; forms with at least [`LEAST`](super::choice::LEAST) are used.
    pub score: f32,
    /// The number of places that match the form. They become entries only if they look like titles.
    pub found: usize,
}

/// The forms chosen for a file.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The forms in use: the best one, then others for the parts in which it finds no title.
    pub forms: Vec<ScoredForm>,
    /// The best form that was not chosen.
    pub runner_up: Option<ScoredForm>,
    /// Whether the form is the user's correction.
    pub is_corrected: bool,
}

/// The runner-up does not affect how a file is read.
impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        (&self.forms, self.is_corrected) == (&other.forms, other.is_corrected)
    }
}

/// A candidate with its form.
#[derive(Debug, Clone)]
pub struct FoundTitle {
    /// The candidate's form.
    pub form: TitleForm,
    /// The candidate.
    pub candidate: Candidate,
}
