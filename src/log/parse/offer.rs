//! What the user can correct by pointing at a line, such as “this is a title”, with the log as it would then
//! be read.

use std::sync::Arc;

use super::parse_folders;
use super::point::{Unfit, rules_at};
use crate::log::corrections::Correction;
use crate::log::{File, Log, Source};

/// A change to the corrections of a log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CorrectionChange {
    /// Corrections to remove. In an [`Offer`], all corrections of the file: those to keep are also in `added`.
    pub removed: Vec<Correction>,
    /// Corrections to add.
    pub added: Vec<Correction>,
}

/// A correction that can be made, or removed again.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The correction.
    pub correction: Correction,
    /// Whether the correction has been made already and would be removed.
    pub is_saved: bool,
    /// The change to the stored corrections.
    pub change: CorrectionChange,
    /// The log as it would then be read.
    pub log: Arc<Log>,
}

/// The corrections that can be made at a line (counted from 1) of a file, most likely first.
///
/// # Errors
/// If the line cannot be read in another way.
pub fn offers(log: &Log, file: usize, line: usize) -> Result<Vec<Offer>, Unfit> {
    let of = &log.files[file];
    let corrections =
        rules_at(of, line)?.into_iter().map(|rule| Correction::new(&of.name, &of.text, of.line(line), rule));
    Ok(corrections.map(|correction| offer(log, of, correction, false)).collect())
}

/// The corrections of a file, as offers to remove them.
pub fn known(log: &Log, file: usize) -> Vec<Offer> {
    let of = &log.files[file];
    of.dialect.own().iter().map(|correction| offer(log, of, correction.clone(), true)).collect()
}

fn offer(log: &Log, file: &File, correction: Correction, is_saved: bool) -> Offer {
    let own = file.dialect.own();
    let kept = own.iter().filter(|other| if is_saved { **other != correction } else { !correction.replaces(other) });
    // The file may have been renamed.
    let kept = kept.map(|other| Correction { file: file.name.clone(), ..other.clone() });
    let added = kept.chain((!is_saved).then(|| correction.clone())).collect();
    let change = CorrectionChange { removed: own.to_vec(), added };
    Offer { correction, is_saved, log: Arc::new(changed(log, &change)), change }
}

/// Parses the log again after a change to its corrections.
pub fn changed(log: &Log, change: &CorrectionChange) -> Log {
    let Some(first) = log.files.first() else { return Log::default() };
    let common = first.dialect.of_log();
    let kept = common.corrections().iter().filter(|correction| !change.removed.contains(correction));
    let corrections = kept.chain(&change.added).cloned().collect();
    let dialect = Arc::new(common.as_ref().clone().with_corrections(corrections));
    let source = |file: &File| Source { name: file.name.clone(), text: file.text.clone() };
    parse_folders(log.files.iter().map(source), &log.folders, &dialect, &mut |_| {})
}
