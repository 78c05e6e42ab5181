//! Resolves the argument of `add` and `log`: a title, a PDF or an arXiv URL. Titles come from PDFs on disk; nothing
//! is downloaded.

use std::path::Path;

use super::library::Papers;
use super::progress::Progress;
use super::{Opened, refs, tell};
use crate::io::dirs::expand;
use crate::log::template::Facts;
use crate::papers::about::{About, PaperName, named, published_as};
use crate::papers::wanted::PaperLookup;
use crate::say;

/// A title, and what is known about the paper.
pub struct ResolvedTitle {
    /// The title for the item or entry.
    pub title: String,
    /// Values for the template of an entry.
    pub facts: Facts,
}

/// Returns a title unchanged. For a PDF or an arXiv URL, returns the title of the paper or, if that is unknown, the
/// file name or URL.
///
/// # Errors
/// If a PDF cannot be read.
pub fn resolve(opened: &Opened, text: &str) -> anyhow::Result<ResolvedTitle> {
    let is_file = text.to_ascii_lowercase().ends_with(".pdf") && Path::new(text).is_file();
    match named(text) {
        _ if is_file => of_pdf(opened, Path::new(text)),
        Some(PaperName::Pdf(path)) => of_pdf(opened, &expand(&path)),
        Some(PaperName::Arxiv(id)) => of_address(opened, text, &id),
        None => Ok(ResolvedTitle { title: text.to_owned(), facts: Facts::default() }),
    }
}

fn of_pdf(opened: &Opened, path: &Path) -> anyhow::Result<ResolvedTitle> {
    let (log, language) = (&opened.log, opened.language);
    let paper = refs::read(path)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let about = About::of(Some(&paper), &name);
    if !about.is_read {
        let path = path.display();
        tell(&say!(language, "{path}: no title found; using the file name", "{path}：没有找到标题，改用文件名"))?;
    }
    if let Some(entry) = PaperLookup::of(log).are(&paper, &name).entries.first().map(|&entry| &log.entries[entry]) {
        tell(&say!(
            language,
            "the paper is already in the log, on line {}: {}",
            "这篇论文已在日志中，第 {} 行：{}",
            entry.line(),
            entry.title
        ))?;
    }
    Ok(ResolvedTitle { title: about.title, facts: about.facts })
}

fn of_address(opened: &Opened, text: &str, id: &str) -> anyhow::Result<ResolvedTitle> {
    let index = Papers::of(opened, &mut Progress::new()).index(&opened.log);
    if let Some(about) = index.with_arxiv(id).map(|pdf| pdf.about.clone()) {
        return Ok(ResolvedTitle { title: about.title, facts: about.facts });
    }
    tell(&say!(
        opened.language,
        "the PDF folders have no PDF of arXiv {id}; using the address as the title (nothing is downloaded)",
        "存放 PDF 的文件夹中没有 arXiv {id} 的 PDF；改用地址作为标题（不会联网下载）"
    ))?;
    let facts = Facts { published: published_as(id), ..Facts::default() };
    Ok(ResolvedTitle { title: text.trim().to_owned(), facts })
}
