//! `papers-tui pending`: prints the pending list as a tree with line numbers.

use super::library::Papers;
use super::print::Printer;
use super::progress::Progress;
use super::{Opened, Outcome, export};
use crate::log::{Sign, Task};
use crate::text::safe;

/// Prints the open items or, with `all`, also the closed ones.
pub fn run(opened: &Opened, all: bool, json: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let log = &opened.log;
    let wanted = |task: &&Task| task.pending && (all || !task.is_closed());
    let tasks: Vec<usize> = (0..log.tasks.len()).filter(|&task| wanted(&&log.tasks[task])).collect();
    if json {
        let papers = Papers::of(opened, &mut Progress::new());
        let tasks: Vec<_> = tasks.iter().map(|&task| export::json::TaskRecord::of(log, task, &papers)).collect();
        out.json(&tasks)?;
    } else {
        let several = log.files.len() > 1;
        for &index in &tasks {
            let task = &log.tasks[index];
            let file = if several { format!("{}:", log.files[task.file].name) } else { String::new() };
            let indent = "  ".repeat(task.depth - 1);
            let mark = match task.sign {
                Sign::Box => format!("[{}] ", log.mark(index)),
                _ => String::new(),
            };
            writeln!(out, "{file}{:>5}  {indent}{mark}{}", task.line, safe(&task.text))?;
        }
    }
    Ok(if tasks.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
