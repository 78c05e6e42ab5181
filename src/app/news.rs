//! What changed in the log while it was open, in one line.

use std::collections::HashMap;

use crate::log::{Key, Log};

/// The differences between two readings; `None` when they say the same.
pub fn news(before: &Log, after: &Log) -> Option<String> {
    if before == after {
        return None;
    }
    let mut parts = entries(before, after);
    parts.extend(tasks(before, after));
    let what = if parts.is_empty() { "text outside of the summaries".to_owned() } else { parts.join(", ") };
    Some(format!("Changed outside: {what}"))
}

fn entries(before: &Log, after: &Log) -> Vec<String> {
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
    parts.extend(named(&added, "added"));
    parts.extend(named(&changed, "edited"));
    if removed > 0 {
        parts.push(format!("{removed} removed"));
    }
    parts
}

/// One by its name, more by their number.
fn named(names: &[&str], what: &str) -> Option<String> {
    match names {
        [] => None,
        [name] => Some(format!("{name} {what}")),
        names => Some(format!("{} papers {what}", names.len())),
    }
}

fn tasks(before: &Log, after: &Log) -> Vec<String> {
    let mut old: HashMap<&str, Vec<bool>> = HashMap::new();
    for task in &before.tasks {
        old.entry(&task.text).or_default().push(task.done);
    }
    let (mut added, mut ticked, mut opened) = (0, 0, 0);
    for task in &after.tasks {
        match old.get_mut(task.text.as_str()).and_then(Vec::pop) {
            None => added += 1,
            Some(done) => {
                ticked += usize::from(task.done && !done);
                opened += usize::from(!task.done && done);
            }
        }
    }
    let removed: usize = old.values().map(Vec::len).sum();
    let items = |count: usize| if count == 1 { "item" } else { "items" };
    [(added, "added"), (ticked, "ticked"), (opened, "unticked"), (removed, "removed")]
        .into_iter()
        .filter(|&(count, _)| count > 0)
        .map(|(count, what)| format!("{count} {} {what}", items(count)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Source, parse};

    #[track_caller]
    fn check(before: &str, after: &str, wanted: Option<&str>) {
        let read = |text: &str| parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        assert_eq!(news(&read(before), &read(after)).as_deref(), wanted);
    }

    #[test]
    fn says_what_changed() {
        let log = "# todo\n- [ ] a\n- [ ] b\n## 2031.5.17\n《Emu: A》\none\n";
        check(log, log, None);
        check(log, &log.replace("[ ] a", "[x] a"), Some("Changed outside: 1 item ticked"));
        check(log, &log.replace("one", "two"), Some("Changed outside: Emu edited"));
        check(log, &format!("{log}《Owl》\nx\n《Elk》\ny\n"), Some("Changed outside: 2 papers added"));
        check(log, "# todo\n- [ ] b\n", Some("Changed outside: 1 removed, 1 item removed"));
        check(log, &format!("hello\n\n{log}"), Some("Changed outside: text outside of the summaries"));
    }
}
