//! Items with boxes, each in its section and entry.

use super::FileParser;
use crate::log::{SectionKind, Task, spaced};

impl FileParser<'_> {
    pub(super) fn tasks(&mut self) {
        let first = self.log.tasks.len();
        let sections = || self.log.sections.iter().filter(|section| section.file == self.file);
        let has_list = sections().any(|section| section.kind == SectionKind::Pending);
        for raw in std::mem::take(&mut self.outline.tasks) {
            let mark = raw.mark + self.base;
            let index = self.log.tasks.len();
            let section = self.log.sections.partition_point(|s| (s.file, s.span.start) <= (self.file, mark)) - 1;
            let within = self.log.sections[section].entries.clone();
            let entry = within.clone().find(|&entry| self.log.entries[entry].span.contains(&mark));
            if let Some(entry) = entry {
                self.log.entries[entry].tasks.push(index);
            }
            let kind = self.log.sections[section].kind;
            // Without a list by that name, boxes outside dated sections are what is pending.
            let is_loose = || !has_list && !kind.is_dated();
            self.log.tasks.push(Task {
                file: self.file,
                section,
                entry,
                text: spaced(&raw.text),
                done: raw.done,
                depth: raw.depth,
                line: self.line_of(mark),
                parent: raw.parent.map(|parent| parent + first),
                pending: kind == SectionKind::Pending || is_loose(),
                mark,
                span: raw.span.start + self.base..raw.span.end + self.base,
            });
        }
    }
}
