//! A line to type in the status line: what to look for, what to call something.

use super::field::Field;

/// The question and the answer so far.
#[derive(Debug)]
pub struct Prompt {
    /// What the answer is for.
    pub purpose: Purpose,
    /// The answer.
    pub field: Field,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Text to look for in the page.
    SearchPage {
        /// The line from which on the first hit is shown.
        from: usize,
    },
    /// The title of what a reference, by its id, stands for.
    NameReference(String),
}

impl Prompt {
    /// A question with a first answer, which may be empty.
    pub fn new(purpose: Purpose, answer: &str) -> Self {
        Self { purpose, field: Field::new(answer) }
    }

    /// What stands before the answer.
    pub fn question(&self) -> String {
        match &self.purpose {
            Purpose::SearchPage { .. } => "/".to_owned(),
            Purpose::NameReference(id) => format!("[{id}] stands for: "),
        }
    }
}
