//! What `add` and `log` are given in place of a title: a PDF, or an address of arXiv. The title is read in the PDF;
//! nothing is fetched.

use std::path::Path;

use super::library::Papers;
use super::progress::Progress;
use super::{Opened, refs, tell};
use crate::io::places::expand;
use crate::log::template::Facts;
use crate::papers::about::{About, Named, named, published_as};
use crate::papers::wanted::Wanted;
use crate::say;

/// What a new item or entry is called, and what is known of its paper.
pub struct Meant {
    /// The title.
    pub title: String,
    /// What an entry begins with.
    pub facts: Facts,
}

/// Takes a title as it is; of a PDF, or of an address of arXiv, that of the paper.
///
/// # Errors
/// When a PDF cannot be read.
pub fn meant(opened: &Opened, text: &str) -> anyhow::Result<Meant> {
    let is_file = text.to_ascii_lowercase().ends_with(".pdf") && Path::new(text).is_file();
    match named(text) {
        _ if is_file => of_pdf(opened, Path::new(text)),
        Some(Named::Pdf(path)) => of_pdf(opened, &expand(&path)),
        Some(Named::Arxiv(id)) => of_address(opened, text, &id),
        None => Ok(Meant { title: text.to_owned(), facts: Facts::default() }),
    }
}

fn of_pdf(opened: &Opened, path: &Path) -> anyhow::Result<Meant> {
    let (log, language) = (&opened.log, opened.language);
    let paper = refs::read(path)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let about = About::of(Some(&paper), &name);
    if !about.is_read {
        let path = path.display();
        tell(&say!(
            language,
            "{path}: no title found; the name of the file stands for it",
            "{path}：没有找到标题，以文件名代替"
        ))?;
    }
    if let Some(entry) = Wanted::of(log).are(&paper, &name).entries.first().map(|&entry| &log.entries[entry]) {
        tell(&say!(
            language,
            "the paper is in the log already, at line {}: {}",
            "这篇论文已在日志中，第 {} 行：{}",
            entry.line,
            entry.title
        ))?;
    }
    Ok(Meant { title: about.title, facts: about.facts })
}

fn of_address(opened: &Opened, text: &str, id: &str) -> anyhow::Result<Meant> {
    let behind = Papers::of(opened, &mut Progress::new()).behind(&opened.log);
    if let Some(about) = behind.with_arxiv(id).map(|pdf| pdf.about.clone()) {
        return Ok(Meant { title: about.title, facts: about.facts });
    }
    tell(&say!(
        opened.language,
        "no PDF of the library is arXiv {id}, and nothing is fetched: the address stands for the title",
        "库中没有 arXiv {id} 的 PDF，也不联网获取：以地址代替标题"
    ))?;
    let facts = Facts { published: published_as(id), ..Facts::default() };
    Ok(Meant { title: text.trim().to_owned(), facts })
}
