//! Joins the models of single files into one log.

use std::ops::Range;

use super::{Entry, Log, Section, Task};

/// The index ranges of one file's parts within the whole log.
struct Place {
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
            self.put(self.files.len(), part);
        }
    }

    /// Appends the models of several files.
    pub(super) fn append_all(&mut self, parts: impl IntoIterator<Item = Self>) {
        parts.into_iter().for_each(|part| self.append(part));
    }

    /// Replaces one file's model.
    pub(super) fn put(&mut self, file: usize, mut part: Self) {
        let place = self.place_of(file);
        let (sections, entries, tasks) = (part.sections.len(), part.entries.len(), part.tasks.len());
        let first = Shift { sections: place.sections.start, entries: place.entries.start, tasks: place.tasks.start };
        part.sections.iter_mut().for_each(|section| shift_section(section, |at| at + first.entries, file));
        part.entries.iter_mut().for_each(|entry| shift_entry(entry, first, file));
        part.tasks.iter_mut().for_each(|task| shift_task(task, first, file));
        // Later parts are shifted up before they are shifted down, since there may be fewer parts than before.
        let old = Shift { sections: place.sections.len(), entries: place.entries.len(), tasks: place.tasks.len() };
        let new = Shift { sections, entries, tasks };
        for section in &mut self.sections[place.sections.end..] {
            let file = section.file;
            shift_section(section, |at| at + new.entries - old.entries, file);
        }
        for entry in &mut self.entries[place.entries.end..] {
            let file = entry.file;
            shift_entry(entry, new, file);
            drop_entry(entry, old);
        }
        for task in &mut self.tasks[place.tasks.end..] {
            let file = task.file;
            shift_task(task, new, file);
            drop_task(task, old);
        }
        self.sections.splice(place.sections, part.sections);
        self.entries.splice(place.entries, part.entries);
        self.tasks.splice(place.tasks, part.tasks);
        let known = part.files.pop();
        match (self.files.get_mut(file), known) {
            (Some(before), Some(file)) => *before = file,
            (None, Some(file)) => self.files.push(file),
            (_, None) => {}
        }
    }

    fn place_of(&self, file: usize) -> Place {
        let range = |from: usize, to: usize| from..to;
        Place {
            sections: range(
                self.sections.partition_point(|it| it.file < file),
                self.sections.partition_point(|it| it.file <= file),
            ),
            entries: range(
                self.entries.partition_point(|it| it.file < file),
                self.entries.partition_point(|it| it.file <= file),
            ),
            tasks: range(
                self.tasks.partition_point(|it| it.file < file),
                self.tasks.partition_point(|it| it.file <= file),
            ),
        }
    }
}

fn shift_section(section: &mut Section, entries: impl Fn(usize) -> usize, file: usize) {
    section.file = file;
    section.entries = entries(section.entries.start)..entries(section.entries.end);
}

fn shift_entry(entry: &mut Entry, by: Shift, file: usize) {
    entry.file = file;
    entry.section += by.sections;
    entry.tasks.iter_mut().for_each(|task| *task += by.tasks);
    entry.task = entry.task.map(|task| task + by.tasks);
}

fn drop_entry(entry: &mut Entry, by: Shift) {
    entry.section -= by.sections;
    entry.tasks.iter_mut().for_each(|task| *task -= by.tasks);
    entry.task = entry.task.map(|task| task - by.tasks);
}

fn shift_task(task: &mut Task, by: Shift, file: usize) {
    task.file = file;
    task.section += by.sections;
    task.entry = task.entry.map(|entry| entry + by.entries);
    task.parent = task.parent.map(|parent| parent + by.tasks);
}

fn drop_task(task: &mut Task, by: Shift) {
    task.section -= by.sections;
    task.entry = task.entry.map(|entry| entry - by.entries);
    task.parent = task.parent.map(|parent| parent - by.tasks);
}

#[cfg(test)]
mod tests {
    use crate::log::{Source, parse};

    #[test]
    fn a_file_that_is_read_again_leaves_the_others_as_they_were() {
        let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
        let day = "## 2031.5.17\n\n《Emu》\n\n- [ ] run\n  - [x] far\n\n# todo\n\n- [ ] Gnu\n";
        let (short, long) =
            ("《Owl》\n\nx\n", "# todo\n\n- [ ] Moa\n\n## 2031.5.18\n\n《Kea》\n\ny\n\n《Kiwi》\n\n- [ ] z\n");
        for (before, after) in [(short, long), (long, short), (long, ""), ("", long), (day, day)] {
            let texts = |middle: &str| [source("a.md", day), source("b.md", middle), source("c.md", long)];
            let mut log = parse::parse(texts(before));
            log.put(1, parse::parse([source("b.md", after)]));
            log.name_entries();
            assert_eq!(log, parse::parse(texts(after)), "{before:?} to {after:?}");
        }
    }
}
