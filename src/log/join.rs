//! Joins the models of single files into one log.

use std::ops::Range;

use super::{Entry, Log, Section, Task};

/// The index ranges of one file's parts within the whole log.
struct Ranges {
    sections: Range<usize>,
    entries: Range<usize>,
    tasks: Range<usize>,
}

/// Offsets for shifting indices.
#[derive(Clone, Copy)]
struct Shift {
    sections: usize,
    entries: usize,
    tasks: usize,
}

impl Log {
    /// Appends one file's model. Keys are assigned once all files are there.
    pub(super) fn append(&mut self, part: Self) {
        if self.files.is_empty() {
            *self = Self { folders: std::mem::take(&mut self.folders), ..part };
        } else {
            self.replace_file(self.files.len(), part);
        }
    }

    /// Appends the models of several files.
    pub(super) fn append_all(&mut self, parts: impl IntoIterator<Item = Self>) {
        parts.into_iter().for_each(|part| self.append(part));
    }

    /// Replaces one file's model.
    pub(super) fn replace_file(&mut self, file: usize, mut part: Self) {
        let ranges = self.ranges_of(file);
        let (sections, entries, tasks) = (part.sections.len(), part.entries.len(), part.tasks.len());
        let first = Shift { sections: ranges.sections.start, entries: ranges.entries.start, tasks: ranges.tasks.start };
        part.sections.iter_mut().for_each(|section| shift_section(section, |at| at + first.entries, file));
        part.entries.iter_mut().for_each(|entry| shift_entry(entry, first, file));
        part.tasks.iter_mut().for_each(|task| shift_task(task, first, file));
        // Add before subtracting: there may be fewer parts than before, and indices are unsigned.
        let old = Shift { sections: ranges.sections.len(), entries: ranges.entries.len(), tasks: ranges.tasks.len() };
        let new = Shift { sections, entries, tasks };
        for section in &mut self.sections[ranges.sections.end..] {
            let file = section.file();
            shift_section(section, |at| at + new.entries - old.entries, file);
        }
        for entry in &mut self.entries[ranges.entries.end..] {
            let file = entry.file();
            shift_entry(entry, new, file);
            unshift_entry(entry, old);
        }
        for task in &mut self.tasks[ranges.tasks.end..] {
            let file = task.file;
            shift_task(task, new, file);
            unshift_task(task, old);
        }
        self.sections.splice(ranges.sections, part.sections);
        self.entries.splice(ranges.entries, part.entries);
        self.tasks.splice(ranges.tasks, part.tasks);
        let known = part.files.pop();
        match (self.files.get_mut(file), known) {
            (Some(before), Some(file)) => *before = file,
            (None, Some(file)) => self.files.push(file),
            (_, None) => {}
        }
    }

    fn ranges_of(&self, file: usize) -> Ranges {
        let range = |from: usize, to: usize| from..to;
        Ranges {
            sections: range(
                self.sections.partition_point(|it| it.file() < file),
                self.sections.partition_point(|it| it.file() <= file),
            ),
            entries: range(
                self.entries.partition_point(|it| it.file() < file),
                self.entries.partition_point(|it| it.file() <= file),
            ),
            tasks: range(
                self.tasks.partition_point(|it| it.file < file),
                self.tasks.partition_point(|it| it.file <= file),
            ),
        }
    }
}

fn shift_section(section: &mut Section, entries: impl Fn(usize) -> usize, file: usize) {
    section.set_file(file);
    let of = section.entries();
    section.set_entries(entries(of.start)..entries(of.end));
}

fn shift_entry(entry: &mut Entry, by: Shift, file: usize) {
    entry.set_place(file, entry.section() + by.sections, entry.task().map(|task| task + by.tasks));
}

fn unshift_entry(entry: &mut Entry, by: Shift) {
    entry.set_place(entry.file(), entry.section() - by.sections, entry.task().map(|task| task - by.tasks));
}

fn shift_task(task: &mut Task, by: Shift, file: usize) {
    task.file = file;
    task.section += by.sections;
    task.entry = task.entry.map(|entry| entry + by.entries);
    task.parent = task.parent.map(|parent| parent + by.tasks);
}

fn unshift_task(task: &mut Task, by: Shift) {
    task.section -= by.sections;
    task.entry = task.entry.map(|entry| entry - by.entries);
    task.parent = task.parent.map(|parent| parent - by.tasks);
}

#[cfg(test)]
mod tests {
    use crate::log::{Source, parse};

    #[test]
    fn replacing_a_file_keeps_the_others() {
        let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
        let day = "## 2031.5.17\n\n《Emu》\n\n- [ ] run\n  - [x] far\n\n# todo\n\n- [ ] Gnu\n";
        let (short, long) =
            ("《Owl》\n\nx\n", "# todo\n\n- [ ] Moa\n\n## 2031.5.18\n\n《Kea》\n\ny\n\n《Kiwi》\n\n- [ ] z\n");
        for (before, after) in [(short, long), (long, short), (long, ""), ("", long), (day, day)] {
            let texts = |middle: &str| [source("a.md", day), source("b.md", middle), source("c.md", long)];
            let mut log = parse::parse(texts(before));
            log.replace_file(1, parse::parse([source("b.md", after)]));
            log.name_entries();
            assert_eq!(log, parse::parse(texts(after)), "{before:?} to {after:?}");
        }
    }
}
