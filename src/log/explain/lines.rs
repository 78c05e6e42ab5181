//! Explains for people how a file was read.

use super::Account;
use crate::log::corrections::Correction;
use crate::log::forms::choice::ScoredForm;
use crate::log::forms::dates::DateEvidence;
use crate::log::{File, Role, TitleFrom};
use crate::say;
use crate::text::cut;
use crate::words::Language;

/// The longest quote of a line, in columns.
const QUOTED: usize = 48;

/// The explanation of a file as (label, line); the label is empty on continuation lines.
pub fn lines(file: &File, account: &Account, language: Language) -> Vec<(&'static str, String)> {
    let mut lines: Vec<_> =
        role(file, language).map(|role| (language.pick("kind", "类型"), role)).into_iter().collect();
    lines.extend(dates(file, account, language));
    lines.extend(titles(file, language));
    lines.extend(corrections(file, language));
    lines.push((language.pick("found", "识别结果"), found(account, language)));
    lines.push((language.pick("bytes", "篇幅"), shares(file, account, language)));
    let guesses = account.guesses.iter().map(|guess| guess.message(language));
    lines.extend(guesses.map(|guess| (language.pick("guess", "推测"), guess)));
    lines
}

/// The role of the file, unless it is an ordinary log.
fn role(file: &File, language: Language) -> Option<String> {
    let linked = file.reading.with_own_files.len();
    let (english, chinese) = match &file.reading.role {
        Role::Log if linked > 0 => {
            let items = language.counted(linked, "item links", "items link", "项");
            return Some(say!(
                language,
                "an index; {items} to another file in the folder",
                "索引，其中 {items}指向文件夹里的其他文件"
            ));
        }
        Role::Log => return None,
        Role::Other => (
            "not a log: it only links to other files, or is about something else",
            "不是日志：只有指向其他文件的链接，或者写的是别的内容",
        ),
        Role::Paper { title: TitleFrom::Front, .. } => {
            ("one paper, with its title in the front matter", "一篇论文，论文标题取自 front matter")
        }
        Role::Paper { title: TitleFrom::Heading, .. } => {
            ("one paper, with its title in the first heading", "一篇论文，论文标题取自第一个 Markdown 标题")
        }
        Role::Paper { title: TitleFrom::Line, .. } => {
            ("one paper, with its title in the first line", "一篇论文，论文标题取自首行")
        }
        Role::Paper { title: TitleFrom::Name, .. } => {
            ("one paper, with its title in the file's name", "一篇论文，论文标题取自文件名")
        }
        Role::Paper { title: TitleFrom::Index, .. } => {
            ("one paper, with its title in the index that links to it", "一篇论文，论文标题取自指向它的索引")
        }
    };
    Some(language.pick(english, chinese).to_owned())
}

fn dates(file: &File, account: &Account, language: Language) -> Vec<(&'static str, String)> {
    let label = language.pick("dates", "日期");
    let place = |place: &DateEvidence| {
        let (name, found) = (place.form.name(language), place.found);
        match (place.in_order * 100.0).floor() {
            _ if found < 2 => say!(language, "{name} ({found})", "{name}（{found} 个）"),
            100.0 => {
                say!(language, "{name} ({found}, in chronological order)", "{name}（{found} 个，均按时间顺序排列）")
            }
            percent => {
                say!(
                    language,
                    "{name} ({found}, {percent}% in chronological order)",
                    "{name}（{found} 个，{percent}% 按时间顺序排列）"
                )
            }
        }
    };
    let reading = &file.reading;
    let mut lines: Vec<(&str, String)> = reading.dates.iter().map(|dates| (label, place(dates))).collect();
    if lines.is_empty() {
        let none = match account.papers {
            0 => language.pick("none", "无"),
            _ => language.pick("none: papers are listed by section", "无：论文按章节列出"),
        };
        lines.push((label, none.to_owned()));
    }
    let others = reading.other_dates.iter().map(|dates| say!(language, "not used: {}", "未采用：{}", place(dates)));
    lines.extend(others.map(|other| ("", other)));
    lines
}

fn titles(file: &File, language: Language) -> Vec<(&'static str, String)> {
    let label = language.pick("titles", "论文标题");
    // Not all of them become entries.
    let matches = |scored: &ScoredForm| language.counted(scored.found, "match", "matches", "处匹配");
    let scored = |scored: &ScoredForm| {
        let name = scored.form.name(language);
        let matches = matches(scored);
        say!(language, "{name} ({matches}, score {:.1})", "{name}（{matches}，得分 {:.1}）", scored.score)
    };
    let choice = &file.reading.titles;
    let corrected = file.dialect.titles().map(|(form, _)| form);
    let in_use = |form: &ScoredForm| match corrected == Some(form.form) {
        // Corrected forms are used whatever their score.
        true => {
            let (name, matches) = (form.form.name(language), matches(form));
            say!(language, "{name} ({matches}, corrected by you)", "{name}（{matches}，手动指定）")
        }
        false => scored(form),
    };
    let mut lines: Vec<(&str, String)> = choice.forms.iter().map(|form| (label, in_use(form))).collect();
    if lines.is_empty() {
        lines.push((label, language.pick("none", "无").to_owned()));
    }
    let next = choice.runner_up.iter().map(|next| say!(language, "not used: {}", "未采用：{}", scored(next)));
    lines.extend(next.map(|next| ("", next)));
    lines
}

/// The user's corrections of the file, and the lines at which they were made.
fn corrections(file: &File, language: Language) -> Vec<(&'static str, String)> {
    let label = language.pick("corrected", "手动指定");
    let correction = |correction: &Correction| {
        let (rule, line) = (correction.rule.say(language), cut(&correction.line, QUOTED));
        say!(language, "{rule} (learnt from “{line}”)", "{rule}，依据“{line}”")
    };
    file.dialect.own().iter().map(|it| (label, correction(it))).collect()
}

fn found(account: &Account, language: Language) -> String {
    let mut found = language.counted(account.papers, "entry", "entries", "个条目");
    match (account.with_papers, account.dated()) {
        (_, 0) => {}
        (with, all) => {
            found += &match (account.dates(language).as_slice(), language) {
                ([kind], _) => {
                    say!(language, "; {kind}, {with} with entries", "；{kind}，其中 {with} 个有条目")
                }
                (kinds, Language::English) => {
                    let (others, last) = kinds.split_at(kinds.len().saturating_sub(1));
                    let kinds = format!("{} and {}", others.join(", "), last.concat());
                    format!("; {all} dates ({kinds}), {with} of them with entries")
                }
                (_, Language::Chinese) => {
                    let kinds =
                        [(account.days, "个具体到日"), (account.months, "个只到月"), (account.years, "个只到年")];
                    let kinds = kinds.iter().filter(|(count, _)| *count > 0);
                    let kinds: Vec<String> = kinds.map(|(count, kind)| format!("{count} {kind}")).collect();
                    format!("；{all} 个日期（{}），其中 {with} 个有条目", kinds.join("，"))
                }
            };
        }
    }
    if account.pending > 0 {
        found += &say!(
            language,
            "; {} in the pending list",
            "；待读清单 {}",
            language.counted(account.pending, "item", "items", "项")
        );
    }
    found
}

/// Each kind of text as a share of the file.
fn shares(file: &File, account: &Account, language: Language) -> String {
    let bytes = account.bytes;
    let rest = match account.dated() {
        0 => language.pick("other text", "其余文字"),
        _ => language.pick("without a date", "未归入日期的文字"),
    };
    let parts = [
        (bytes.entries, language.pick("entries", "条目")),
        (bytes.notes, language.pick("notes", "随笔")),
        (bytes.pending, language.pick("pending", "待读")),
        (bytes.front, "front matter"),
        (bytes.dates, language.pick("date lines", "日期行")),
        (bytes.rest, rest),
    ];
    let percent = |part: usize| match part * 100 / file.text.len().max(1) {
        0 => "<1%".to_owned(),
        percent => format!("{percent}%"),
    };
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(part, _)| *part > 0)
        .map(|(part, name)| say!(language, "{} {name}", "{name} {}", percent(part)))
        .collect();
    if parts.is_empty() { language.pick("the file is empty", "文件为空").to_owned() } else { parts.join(" · ") }
}
