//! One-line summaries of what another program or the user's editor changed in the log.

use std::collections::{HashMap, HashSet};

use crate::log::{File, Key, Log};
use crate::say;
use crate::text::cut;
use crate::words::Language;

/// Summarises what another program changed; `None` if nothing changed.
pub fn news(before: &Log, after: &Log, language: Language) -> Option<String> {
    if before == after {
        return None;
    }
    let mut parts = files(before, after, language);
    parts.extend(entries(before, after, language));
    parts.extend(tasks(before, after, language));
    if parts.is_empty() {
        parts.push(language.pick("text outside the summaries", "笔记以外的文字").to_owned());
    }
    let what = parts.join(language.pick(", ", "，"));
    Some(say!(language, "Changed by another program: {what}", "其他程序修改了日志：{what}"))
}

/// Files added, removed or renamed.
fn files(before: &Log, after: &Log, language: Language) -> Vec<String> {
    fn others<'a>(of: &'a Log, than: &Log) -> Vec<&'a File> {
        let known: HashSet<&str> = than.files.iter().map(|file| file.name.as_str()).collect();
        of.files.iter().filter(|file| !known.contains(file.name.as_str())).collect()
    }
    let (gone, new) = (others(before, after), others(after, before));
    let mut parts = Vec::new();
    match (gone.as_slice(), new.as_slice()) {
        ([old], [new]) if old.text == new.text => {
            parts.push(say!(language, "{} renamed to {}", "{} 改名为 {}", cut(&old.name, 40), cut(&new.name, 40)));
        }
        (gone, new) => {
            if !new.is_empty() {
                parts.push(say!(
                    language,
                    "{} added",
                    "新增 {}",
                    language.counted(new.len(), "file", "files", "个文件")
                ));
            }
            if !gone.is_empty() {
                parts.push(say!(
                    language,
                    "{} removed",
                    "移除 {}",
                    language.counted(gone.len(), "file", "files", "个文件")
                ));
            }
        }
    }
    parts
}

/// Summarises what the user wrote in the editor; `None` if nothing changed.
pub fn written(before: &Log, after: &Log, language: Language) -> Option<String> {
    if before == after {
        return None;
    }
    let old: HashMap<&Key, &str> = before.entries.iter().map(|entry| (&entry.key, before.body(entry))).collect();
    let bodies = after.entries.iter().map(|entry| (entry, old.get(&entry.key).copied(), after.body(entry)));
    let changed: Vec<(&str, usize)> = bodies
        .filter(|(_, old, new)| old.map(str::trim) != Some(new.trim()))
        .map(|(entry, old, new)| (entry.name(), new_lines(old.unwrap_or_default(), new)))
        .collect();
    let lines = match changed.iter().map(|(_, lines)| lines).sum() {
        0 if changed.is_empty() => {
            before.files.iter().zip(&after.files).map(|(old, new)| new_lines(&old.text, &new.text)).sum()
        }
        lines => lines,
    };
    let count = match lines {
        1 => language.pick("1 line", "1 行").to_owned(),
        _ => say!(language, "{lines} lines", "{lines} 行"),
    };
    Some(match (changed.as_slice(), lines) {
        ([(name, _)], 0) => say!(language, "Edited {}", "已修改 {}", cut(name, 40)),
        ([(name, _)], _) => say!(language, "Wrote {}, {count}", "已在 {} 中写入 {count}", cut(name, 40)),
        (_, 0) => language.pick("Edited the log", "已修改日志").to_owned(),
        ([], _) => say!(language, "Wrote {count}", "已写入 {count}"),
        (papers, _) => say!(language, "Wrote {count} in {} papers", "已在 {} 篇论文中写入 {count}", papers.len()),
    })
}

/// Counts the non-blank lines of `new` that are not in `old`.
fn new_lines<'a>(old: &'a str, new: &'a str) -> usize {
    let mut known: HashMap<&str, usize> = HashMap::new();
    for line in old.lines() {
        *known.entry(line.trim()).or_default() += 1;
    }
    let is_new = |line: &&'a str| match known.get_mut(line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => !line.is_empty(),
    };
    new.lines().map(str::trim).filter(is_new).count()
}

fn entries(before: &Log, after: &Log, language: Language) -> Vec<String> {
    let old: HashMap<&Key, &str> = before.entries.iter().map(|entry| (&entry.key, before.body(entry))).collect();
    let mut known = 0;
    let mut added = Vec::new();
    let mut changed = Vec::new();
    for entry in &after.entries {
        match old.get(&entry.key) {
            None => added.push(entry.name()),
            Some(body) => {
                known += 1;
                if *body != after.body(entry) {
                    changed.push(entry.name());
                }
            }
        }
    }
    let removed = old.len() - known;
    let mut parts = Vec::new();
    parts.extend(named(&added, language.pick("added", "新增"), language));
    parts.extend(named(&changed, language.pick("edited", "修改"), language));
    if removed > 0 {
        let papers = crate::words::counted(removed, "paper", "papers");
        parts.push(say!(language, "{papers} removed", "删除 {removed} 篇"));
    }
    parts
}

/// Names a single entry; counts several.
fn named(names: &[&str], what: &str, language: Language) -> Option<String> {
    match names {
        [] => None,
        [name] => Some(say!(language, "{name} {what}", "{what} {name}")),
        names => Some(say!(language, "{} papers {what}", "{what} {} 篇论文", names.len())),
    }
}

fn tasks(before: &Log, after: &Log, language: Language) -> Vec<String> {
    let mut old: HashMap<&str, Vec<bool>> = HashMap::new();
    for task in &before.tasks {
        old.entry(&task.text).or_default().push(task.is_done());
    }
    let (mut added, mut ticked, mut opened) = (0, 0, 0);
    for task in &after.tasks {
        match old.get_mut(task.text.as_str()).and_then(Vec::pop) {
            None => added += 1,
            Some(done) => {
                ticked += usize::from(task.is_done() && !done);
                opened += usize::from(!task.is_done() && done);
            }
        }
    }
    let removed: usize = old.values().map(Vec::len).sum();
    let counts = [
        (added, language.pick("added", "新增")),
        (ticked, language.pick("ticked", "勾选")),
        (opened, language.pick("unticked", "取消勾选")),
        (removed, language.pick("removed", "删除")),
    ];
    counts
        .into_iter()
        .filter(|&(count, _)| count > 0)
        .map(|(count, what)| match count {
            1 => say!(language, "1 item {what}", "{what} 1 项"),
            _ => say!(language, "{count} items {what}", "{what} {count} 项"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Source, parse};

    #[track_caller]
    fn check(before: &str, after: &str, wanted: Option<&str>) {
        let read = |text: &str| parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        assert_eq!(news(&read(before), &read(after), Language::English).as_deref(), wanted);
    }

    #[test]
    fn says_what_changed() {
        let log = "# todo\n- [ ] a\n- [ ] b\n## 2031.5.17\n《Emu: A》\none\n";
        check(log, log, None);
        check(log, &log.replace("[ ] a", "[x] a"), Some("Changed by another program: 1 item ticked"));
        check(log, &log.replace("one", "two"), Some("Changed by another program: Emu edited"));
        check(log, &format!("{log}《Owl》\nx\n《Elk》\ny\n"), Some("Changed by another program: 2 papers added"));
        check(log, "# todo\n- [ ] b\n", Some("Changed by another program: 1 paper removed, 1 item removed"));
        check(log, &format!("hello\n\n{log}"), Some("Changed by another program: text outside the summaries"));
    }
}
