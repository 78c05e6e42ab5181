//! Finds the name of a log.

use super::{File, Log, Section, SectionKind, normalise};

/// Common first headings that are not titles, normalised.
const NO_TITLES: [&str; 22] = [
    "about",
    "introduction",
    "intro",
    "overview",
    "description",
    "summary",
    "preface",
    "contents",
    "table of contents",
    "toc",
    "index",
    "readme",
    "notes",
    "关于",
    "简介",
    "介绍",
    "概述",
    "说明",
    "前言",
    "目录",
    "索引",
    "目次",
];

/// File names that say nothing about the log, without extension.
const NO_NAMES: [&str; 2] = ["readme", "index"];

impl Log {
    /// The name of the log: its folder, its title, its first heading, or its file. A `README.md` takes the name of its
    /// folder, if that was part of the path.
    pub fn name(&self) -> String {
        let Some(file) = self.files.first() else { return String::new() };
        if self.folders.first().is_some_and(|folder| folder.start == 0) {
            return file.name.split('/').next().unwrap_or_default().to_owned();
        }
        if self.files.len() > 1 {
            return self.folder();
        }
        let heading = self.sections.first().filter(|section| self.is_titled_by(section));
        let heading = heading.map(|section| section.heading.to_string());
        file.title.clone().or(heading).unwrap_or_else(|| own_name(&file.name).to_owned())
    }

    /// Whether a file's first heading is the title of the whole file.
    fn is_titled_by(&self, first: &Section) -> bool {
        let heading = normalise(&first.heading);
        let heading = heading.trim_matches(|c: char| !c.is_alphanumeric());
        if first.kind != SectionKind::Undated || heading.is_empty() || NO_TITLES.contains(&heading) {
            return false;
        }
        // A heading that has papers below it, and sibling headings, is an ordinary section.
        let text = &self.files[first.file()].text;
        let level = |section: &Section| text[section.span().start..].bytes().take_while(|&byte| byte == b'#').count();
        let is_beside = |other: &Section| other.kind == SectionKind::Undated && level(other) <= level(first);
        first.entries().is_empty() || !self.sections_of(first.file()).iter().skip(1).any(is_beside)
    }

    /// The name for several files: their common folder, or else the first file and the number of the others.
    fn folder(&self) -> String {
        let folder = |file: &File| file.name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let mut folders = self.files.iter().map(folder);
        let first = folders.next().flatten();
        let shared = first.filter(|first| folders.all(|folder| folder.as_ref() == Some(first)));
        match shared.as_deref().and_then(|folder| folder.rsplit('/').find(|part| !part.is_empty())) {
            Some(folder) => folder.to_owned(),
            None => {
                let name = self.files[0].name.rsplit('/').next().unwrap_or_default();
                format!("{name} + {}", self.files.len() - 1)
            }
        }
    }
}

/// A file's name without folders; for names such as `README.md`, the name of the folder.
fn own_name(path: &str) -> &str {
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
    let name = parts.next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let is_usual = NO_NAMES.iter().any(|usual| stem.eq_ignore_ascii_case(usual));
    parts.next().filter(|folder| is_usual && !matches!(*folder, "." | "..")).unwrap_or(name)
}
