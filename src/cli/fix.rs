//! `papers-tui check --fix`: fixes problems, each as a change of its own, and asks where a fix is not certain.

use std::io::{self, IsTerminal};

use super::check::Checker;
use super::print::{Printer, is_terminal};
use super::{Opened, Outcome, item, tell};
use crate::log::check::{Diagnostic, Problem};
use crate::log::edit::{Fix, Intent, find_fixes};
use crate::say;
use crate::text::safe;

/// Maximum number of passes. More than one, because a fix can reveal another problem.
const ROUNDS: usize = 5;

/// How much of a changed line to print, in chars.
const SHOWN: usize = 100;

/// Fixes problems or, with `dry`, only prints what would be fixed.
pub fn run(mut opened: Opened, dry: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let checker = Checker::new(&opened)?;
    let mut fixer = Fixer { dry, fixed: 0, refused: Vec::new() };
    let mut found = checker.findings(&opened.log);
    for _ in 0..ROUNDS {
        let certain = find_fixes(&opened.log, &found).into_iter().filter(|fix| fix.is_certain);
        let certain: Vec<Fix> = certain.collect();
        for fix in certain {
            fixer.fix_one(&mut opened, &found[fix.finding], &fix.ways[0], out)?;
        }
        let before = std::mem::replace(&mut found, checker.findings(&opened.log)).len();
        if found.len() >= before {
            break;
        }
    }
    let open = find_fixes(&opened.log, &found).into_iter().filter(|fix| !fixer.is_refused(&fix.ways));
    let open: Vec<Fix> = open.collect();
    let mut left = open.len();
    let asks = !dry && io::stdin().is_terminal() && is_terminal();
    for fix in &open {
        let finding = &found[fix.finding];
        match asks {
            true => match ask(&opened, finding, &fix.ways, out)? {
                Answer::Take(way) => left -= usize::from(fixer.fix_one(&mut opened, finding, &fix.ways[way], out)?),
                Answer::Leave => {}
                Answer::Stop => break,
            },
            false => show_open(&opened, finding, &fix.ways, out)?,
        }
    }
    let found = checker.findings(&opened.log);
    fixer.print_summary(&opened, left, &found, out)?;
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Nothing })
}

/// What was fixed so far.
struct Fixer {
    dry: bool,
    fixed: usize,
    /// Fixes that failed, so as not to try them again.
    refused: Vec<Intent>,
}

impl Fixer {
    /// Applies one fix to the model and the file. Returns whether it succeeded.
    fn fix_one(
        &mut self,
        opened: &mut Opened,
        finding: &Diagnostic,
        intent: &Intent,
        out: &mut Printer,
    ) -> anyhow::Result<bool> {
        if self.refused.contains(intent) {
            return Ok(false);
        }
        let (file, language) = (finding.file, opened.language);
        let before = opened.log.files[file].clone();
        if intent.apply(&mut opened.log, file).is_err() {
            self.refused.push(intent.clone());
            return Ok(false);
        }
        if !self.dry {
            item::make_from(opened, file, &before, std::slice::from_ref(intent))?;
        }
        self.fixed += 1;
        let path = safe(&opened.chosen.files.shown(file)).into_owned();
        let what = intent.summary(language);
        writeln!(out, "{path}:{}: {}", finding.line, safe(&what))?;
        changes(intent, out)?;
        Ok(true)
    }

    fn is_refused(&self, ways: &[Intent]) -> bool {
        ways.iter().all(|way| self.refused.contains(way))
    }

    /// Prints how much was fixed and what remains.
    fn print_summary(
        &self,
        opened: &Opened,
        left: usize,
        found: &[Diagnostic],
        out: &mut Printer,
    ) -> anyhow::Result<()> {
        let language = opened.language;
        let fixed = self.fixed;
        let mut said = match self.dry {
            true => say!(language, "{fixed} can be fixed", "可修正 {fixed} 处"),
            false => say!(language, "{fixed} fixed", "已修正 {fixed} 处"),
        };
        if left > 0 {
            said.push_str(&match self.dry {
                true => say!(language, ", {left} uncertain", "，{left} 处需要确认"),
                false => say!(language, ", {left} uncertain", "，{left} 处不确定"),
            });
        }
        let others = found.len().saturating_sub(left);
        if others > 0 {
            said.push_str(&say!(language, ", {others} to fix by hand", "，{others} 处需要手动处理"));
            let missing = found.iter().filter(|finding| matches!(finding.problem, Problem::MissingFigure(_))).count();
            if missing > 0 {
                said.push_str(&say!(
                    language,
                    " ({missing} of them are missing figures)",
                    "（其中 {missing} 处缺少图片）"
                ));
            }
        }
        if fixed > 0 && !self.dry {
            said.push_str(
                language.pick("; “papers-tui undo” undoes them one at a time", "；“papers-tui undo”每次撤销一处"),
            );
        }
        out.flush()?;
        tell(&said)?;
        Ok(())
    }
}

/// The user's answer about one problem.
enum Answer {
    Take(usize),
    Leave,
    Stop,
}

/// Asks about each possible fix for a problem in turn. `ways` are the fixes.
fn ask(opened: &Opened, finding: &Diagnostic, ways: &[Intent], out: &mut Printer) -> anyhow::Result<Answer> {
    let language = opened.language;
    show_open(opened, finding, &[], out)?;
    for (index, way) in ways.iter().enumerate() {
        let what = way.summary(language);
        writeln!(out, "  {}?", safe(&what))?;
        changes(way, out)?;
        write!(out, "{}", language.pick("[y]es, [n]o, [q]uit: ", "[y] 是，[n] 否，[q] 退出："))?;
        out.flush()?;
        let mut answer = String::new();
        if io::stdin().read_line(&mut answer)? == 0 {
            return Ok(Answer::Stop);
        }
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" | "是" => return Ok(Answer::Take(index)),
            "q" | "quit" => return Ok(Answer::Stop),
            _ => {}
        }
    }
    Ok(Answer::Leave)
}

/// Prints the problem and the possible fixes.
fn show_open(opened: &Opened, finding: &Diagnostic, ways: &[Intent], out: &mut Printer) -> anyhow::Result<()> {
    let language = opened.language;
    let path = opened.chosen.files.shown(finding.file);
    let message = finding.problem.message(language);
    writeln!(out, "{}:{}: {}", safe(&path), finding.line, safe(&message))?;
    for way in ways {
        let what = way.summary(language);
        let what = say!(language, "possible fix: {what}", "不确定：{what}");
        writeln!(out, "  {}", safe(&what))?;
        changes(way, out)?;
    }
    Ok(())
}

/// Prints the changed lines before and after a fix, as a diff.
fn changes(intent: &Intent, out: &mut Printer) -> anyhow::Result<()> {
    for (now, then) in intent.fixed_lines() {
        let same = now.chars().zip(then.chars()).take_while(|(one, other)| one == other).count();
        // Of a long line, print only the part around the change.
        let from = if now.lines().count() <= 1 { same.saturating_sub(SHOWN / 2) } else { 0 };
        for (sign, text) in [('-', now), ('+', then)] {
            for line in text.lines() {
                let cut: String = line.chars().skip(from).take(SHOWN).collect();
                let start = if from > 0 { "…" } else { "" };
                let end = if line.chars().count() > from + SHOWN { "…" } else { "" };
                writeln!(out, "{}", safe(format!("{sign} {start}{cut}{end}").trim_end()))?;
            }
        }
    }
    Ok(())
}
