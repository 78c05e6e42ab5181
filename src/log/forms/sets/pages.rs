//! Recognises files that are not notes, whatever they say: templates, pages of a website, documents about the folder.

use super::{Member, folders_of, stem};

/// Folders of files to be filled in, or to be built into pages.
const TEMPLATES: &[&str] =
    &["template", "templates", "_templates", "archetypes", "_layouts", "_includes", "issue_template", ".github"];
/// Folders of documentation. Many logs keep their notes there, too.
const DOCS: &[&str] = &["docs", "doc", "documentation"];
/// Documents about a folder.
const DOCUMENTS: &[&str] = &[
    "license",
    "licence",
    "copying",
    "contributing",
    "contributors",
    "code of conduct",
    "changelog",
    "404",
    "许可证",
    "贡献指南",
];

/// Whether a file is a template: by its name or folder, or with placeholders in its front matter.
pub(super) fn is_template(member: &Member) -> bool {
    let page = member.page;
    stem(page.name).to_lowercase().contains("template") || page.front.is_template() || is_below(page.name, TEMPLATES)
}

/// Whether a file is a document about its folder, such as a licence.
pub(super) fn is_document(path: &str) -> bool {
    DOCUMENTS.contains(&stem(path).to_lowercase().replace(['_', '-'], " ").as_str())
}

/// Whether a file is in a folder for documentation.
pub(super) fn is_in_docs(path: &str) -> bool {
    is_below(path, DOCS)
}

/// Whether one of a file's folders, except the topmost, has one of these names.
fn is_below(path: &str, names: &[&str]) -> bool {
    let mut folders = folders_of(path).filter(|folder| folder.contains('/'));
    folders.any(|folder| {
        let name = folder.rsplit('/').next().unwrap_or_default();
        names.iter().any(|known| name.eq_ignore_ascii_case(known))
    })
}
