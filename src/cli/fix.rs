//! `papers-tui check --fix`: mends what can be mended, each as a change of its own, and asks where it is not certain.

use std::io::{self, IsTerminal};

use super::check::Around;
use super::print::{Printer, is_terminal};
use super::{Opened, Outcome, item, tell};
use crate::log::check::{Diagnostic, Problem};
use crate::log::edit::{Intent, Remedy, remedies};
use crate::say;
use crate::text::safe;

/// How often the log is looked at again: one mend can show what another hid.
const ROUNDS: usize = 5;

/// Columns of a line that are shown of a change.
const SHOWN: usize = 100;

/// Mends, or with `dry` only says what would be mended.
pub fn run(mut opened: Opened, dry: bool, out: &mut Printer) -> anyhow::Result<Outcome> {
    let around = Around::of(&opened)?;
    let mut fixer = Fixer { dry, mended: 0, refused: Vec::new() };
    let mut found = around.findings(&opened.log);
    for _ in 0..ROUNDS {
        let certain = remedies(&opened.log, &found).into_iter().filter(|remedy| remedy.is_certain);
        let certain: Vec<Remedy> = certain.collect();
        for remedy in certain {
            fixer.mend(&mut opened, &found[remedy.finding], &remedy.ways[0], out)?;
        }
        let before = std::mem::replace(&mut found, around.findings(&opened.log)).len();
        if found.len() >= before {
            break;
        }
    }
    let open = remedies(&opened.log, &found).into_iter().filter(|remedy| !fixer.is_refused(&remedy.ways));
    let open: Vec<Remedy> = open.collect();
    let mut left = open.len();
    let asks = !dry && io::stdin().is_terminal() && is_terminal();
    for remedy in &open {
        let finding = &found[remedy.finding];
        match asks {
            true => match ask(&opened, finding, &remedy.ways, out)? {
                Answer::Take(way) => left -= usize::from(fixer.mend(&mut opened, finding, &remedy.ways[way], out)?),
                Answer::Leave => {}
                Answer::Stop => break,
            },
            false => show_open(&opened, finding, &remedy.ways, out)?,
        }
    }
    let found = around.findings(&opened.log);
    fixer.sum_up(&opened, left, &found, out)?;
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Nothing })
}

/// What was mended so far.
struct Fixer {
    dry: bool,
    mended: usize,
    /// What could not be proved: it is not tried again.
    refused: Vec<Intent>,
}

impl Fixer {
    /// Makes one change in the model and on the disk; whether it was made.
    fn mend(
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
        self.mended += 1;
        let path = safe(&opened.chosen.files.shown(file)).into_owned();
        let what = intent.summary(language);
        writeln!(out, "{path}:{}: {}", finding.line, safe(&what))?;
        changes(intent, out)?;
        Ok(true)
    }

    fn is_refused(&self, ways: &[Intent]) -> bool {
        ways.iter().all(|way| self.refused.contains(way))
    }

    /// How much was mended, and what is left.
    fn sum_up(&self, opened: &Opened, left: usize, found: &[Diagnostic], out: &mut Printer) -> anyhow::Result<()> {
        let language = opened.language;
        let mended = self.mended;
        let mut said = match self.dry {
            true => say!(language, "{mended} can be fixed", "可修正 {mended} 处"),
            false => say!(language, "{mended} fixed", "已修正 {mended} 处"),
        };
        if left > 0 {
            said.push_str(&match self.dry {
                true => say!(language, ", {left} would be asked", "，{left} 处会询问"),
                false => say!(language, ", {left} not certain", "，{left} 处不能确定"),
            });
        }
        let others = found.len().saturating_sub(left);
        if others > 0 {
            said.push_str(&say!(language, ", {others} left to you", "，{others} 处需手工处理"));
            let missing = found.iter().filter(|finding| matches!(finding.problem, Problem::MissingFigure(_))).count();
            if missing > 0 {
                said.push_str(&say!(
                    language,
                    " ({missing} of them missing figures)",
                    "（其中 {missing} 张缺少的图片）"
                ));
            }
        }
        if mended > 0 && !self.dry {
            said.push_str(
                language.pick("; “papers-tui undo” undoes them one at a time", "；“papers-tui undo”每次撤销一处"),
            );
        }
        out.flush()?;
        tell(&said)?;
        Ok(())
    }
}

/// What the user says to a question.
enum Answer {
    Take(usize),
    Leave,
    Stop,
}

/// Asks for each way whether to take it.
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

/// Says what is wrong, and what could be done about it.
fn show_open(opened: &Opened, finding: &Diagnostic, ways: &[Intent], out: &mut Printer) -> anyhow::Result<()> {
    let language = opened.language;
    let path = opened.chosen.files.shown(finding.file);
    let message = finding.problem.message(language);
    writeln!(out, "{}:{}: {}", safe(&path), finding.line, safe(&message))?;
    for way in ways {
        let what = way.summary(language);
        let what = say!(language, "not certain: {what}", "不能确定：{what}");
        writeln!(out, "  {}", safe(&what))?;
        changes(way, out)?;
    }
    Ok(())
}

/// The lines of a change, before and after.
fn changes(intent: &Intent, out: &mut Printer) -> anyhow::Result<()> {
    for (now, then) in intent.mended_lines() {
        let same = now.chars().zip(then.chars()).take_while(|(one, other)| one == other).count();
        // Of a long line only what changes is of interest.
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
