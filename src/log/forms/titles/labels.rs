//! Titles behind a label: `**Title:** Emus at Work`, `- 标题：…`.

use std::ops::Range;

use super::{Candidate, Material, lines};

/// Labels of titles; lower case.
const LABELS: &[&str] = &[
    "title",
    "paper title",
    "paper",
    "paper name",
    "name",
    "标题",
    "题目",
    "论文标题",
    "论文题目",
    "论文名称",
    "论文名",
    "论文",
    "文章",
    "文章标题",
    "タイトル",
    "題名",
    "論文",
    "제목",
    "논문",
    "titre",
    "titel",
];

/// The lines and items that begin with a label of titles.
pub(super) fn find(material: &Material) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut look = |line: Range<usize>, end: usize| {
        if let Some(text) = behind_label(&material.text[line.clone()])
            && !material.is_pending_list(line.start)
        {
            found.push(Candidate::new(line.clone(), line.start + text..end));
        }
    };
    for paragraph in &material.outline.paragraphs {
        lines::each_line(material.text, paragraph, |line, _| look(line.clone(), line.end));
    }
    for item in material.outline.items.iter().filter(|item| !item.quoted && !item.text.is_empty()) {
        let start = material.line_start(item.span.start);
        let end =
            material.text[item.text.start..].find('\n').map_or(material.text.len(), |at| item.text.start + at + 1);
        if start <= item.text.start && material.text[start..item.text.start].trim_start().len() <= 6 {
            let text = behind_label(&material.text[item.text.clone()]).map(|at| item.text.start + at);
            if let Some(text) = text {
                found.push(Candidate::new(start..end, text..item.text.end));
            }
        }
    }
    found.sort_by_key(|candidate| candidate.span.start);
    found
}

/// Where the title begins behind a label at the start of a line, in bytes.
fn behind_label(line: &str) -> Option<usize> {
    let start = line.len() - line.trim_start_matches(['*', '_', ' ', '>', '#', '<', 'b']).len();
    let colon = line[start..].char_indices().take(24).find(|(_, c)| matches!(c, ':' | '：'))?;
    let label = line[start..start + colon.0].trim_end_matches(['*', '_', ' ']).trim_end_matches("</b>");
    let is_label = LABELS.contains(&label.trim().to_lowercase().as_str());
    let after = start + colon.0 + colon.1.len_utf8();
    let skipped = line[after..].len() - line[after..].trim_start_matches(['*', '_', ' ']).len();
    let text = after + skipped;
    (is_label && !line[text..].trim().is_empty()).then_some(text)
}
