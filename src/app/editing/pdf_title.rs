//! Titles from PDFs. If the user types the path of a PDF or an arXiv URL for a new item or entry, the PDF's
//! title replaces the path or URL, and can be edited before it is accepted. Nothing is downloaded.

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::lists::field::Field;
use crate::app::lists::prompt::{Prompt, Purpose};
use crate::app::{App, Effect, Overlay};
use crate::log::template::Facts;
use crate::papers::about::{About, PaperName, named, published_as};
use crate::say;
use crate::words::Sentence;

/// A PDF being read for the prompt.
#[derive(Debug)]
pub(in crate::app) struct PdfLookup {
    /// The text in the prompt.
    typed: String,
    /// Whether Enter was pressed, so the title is accepted as soon as it is known.
    accepts: bool,
}

impl App {
    /// Whether an accepted prompt waits for a PDF. Keys typed meanwhile are meant for the screen after the
    /// prompt.
    pub(in crate::app) fn awaits_pdf(&self) -> bool {
        self.reading_pdf.as_ref().is_some_and(|lookup| lookup.accepts)
    }

    /// Stops waiting for a PDF.
    pub(in crate::app) fn forget_pdf(&mut self) {
        self.reading_pdf = None;
    }

    /// The prompt for a new item or entry.
    fn title_prompt(&mut self) -> Option<&mut Prompt> {
        match self.overlays.last_mut() {
            Some(Overlay::Prompt(prompt)) if matches!(prompt.purpose, Purpose::AddItem { .. } | Purpose::Title) => {
                Some(prompt)
            }
            _ => None,
        }
    }

    /// Inserts pasted text. If the prompt then names a PDF, the PDF is read without waiting for Enter.
    pub(in crate::app) fn pasted(&mut self, text: &str) -> Vec<Effect> {
        self.touch();
        let mut effects = self.edit(|field| field.paste(text));
        effects.extend(self.take_title(false).unwrap_or_default());
        effects
    }

    /// If the prompt names a PDF, by path or arXiv URL, replaces the name with the PDF's title, now or once
    /// the PDF has been read. `None` if the typed text is to be used as it is. With `accepts`, the title is
    /// accepted as soon as it is known.
    pub(in crate::app) fn take_title(&mut self, accepts: bool) -> Option<Vec<Effect>> {
        let prompt = self.title_prompt()?;
        let typed = prompt.field.text().trim().to_owned();
        if prompt.pdf_info.unread.as_ref() == Some(&typed) {
            return None;
        }
        let (place, known) = match named(&typed)? {
            PaperName::Arxiv(id) => (None, self.papers.with_arxiv(&id)),
            PaperName::Pdf(path) => {
                let known = self.papers.pdf(&path);
                (Some(path), known)
            }
        };
        if let Some(about) = known.map(|pdf| pdf.about.clone()) {
            self.fill(typed, about);
            return if accepts { Some(self.accept()) } else { Some(Vec::new()) };
        }
        let path = place?;
        let is_asked = self.reading_pdf.as_ref().is_some_and(|lookup| lookup.typed == typed);
        self.reading_pdf = Some(PdfLookup { typed: typed.clone(), accepts });
        Some(if is_asked { Vec::new() } else { vec![Effect::ReadPdf { path, typed }] })
    }

    fn fill(&mut self, typed: String, about: About) {
        let Some(prompt) = self.title_prompt() else { return };
        prompt.field = Field::new(&about.title);
        prompt.pdf_info.about = Some(Box::new((typed, about)));
    }

    /// The PDF for the prompt was read, or cannot be.
    pub(in crate::app) fn pdf_read(&mut self, typed: String, found: Result<About, Sentence>) -> Vec<Effect> {
        let Some(lookup) = self.reading_pdf.take_if(|lookup| lookup.typed == typed) else { return Vec::new() };
        let language = self.language;
        let Some(prompt) = self.title_prompt().filter(|prompt| prompt.field.text().trim() == typed) else {
            return Vec::new();
        };
        match found {
            Ok(about) => {
                self.fill(typed, about);
                if lookup.accepts { self.accept() } else { Vec::new() }
            }
            Err(reason) => {
                prompt.pdf_info.unread = Some(typed);
                let (reason, accept) = (reason.take(language), self.keymap.call(Action::Open, Context::Prompt));
                self.tell_error(say!(
                    language,
                    "{reason}. Press {accept} again to add what you typed as text",
                    "{reason}。再按一次 {accept} 就当作普通文字"
                ))
            }
        }
    }

    /// The line below the prompt about the PDF that it names.
    pub(in crate::app) fn pdf_line(&self) -> Option<String> {
        let Some(Overlay::Prompt(prompt)) = self.overlays.last() else { return None };
        let (language, text) = (self.language, prompt.field.text());
        let file = |typed: &str| match named(typed) {
            Some(PaperName::Pdf(path)) => path.rsplit('/').next().unwrap_or_default().to_owned(),
            _ => typed.to_owned(),
        };
        if let Some(lookup) = self.reading_pdf.as_ref().filter(|lookup| lookup.typed == text.trim()) {
            return Some(say!(language, "reading {}…", "正在读取 {}…", file(&lookup.typed)));
        }
        let (typed, about) = prompt.pdf_info.about.as_deref()?;
        if !about.is_read {
            let file = file(typed);
            return Some(say!(language, "{file} has no title; using its name", "{file} 没有标题，改用文件名"));
        }
        let facts = prompt.pdf_info.facts(text);
        let by = match &facts.by[..] {
            [first, _, _, ..] => Some(say!(language, "{first} et al.", "{first} 等")),
            some => Some(some.join(language.pick(", ", "、"))).filter(|some| !some.is_empty()),
        };
        let parts: Vec<String> = [Some(file(typed)), facts.published, by].into_iter().flatten().collect();
        Some(say!(language, "from {}", "取自 {}", parts.join(" · ")))
    }

    /// Returns (arXiv id, facts) for an entry typed as an arXiv URL; `None` for other text.
    pub(in crate::app) fn facts_of_address(&self, text: &str) -> Option<(String, Facts)> {
        match named(text) {
            Some(PaperName::Arxiv(id)) => {
                let facts = Facts { published: published_as(&id), ..Facts::default() };
                Some((id, facts))
            }
            _ => None,
        }
    }

    /// Explains why an arXiv URL was kept as the title.
    pub(in crate::app) fn no_pdf_note(&self, id: &str) -> String {
        say!(
            self.language,
            " The PDF folders have no PDF of arXiv {id}, so its address is used as the title",
            "。存放 PDF 的文件夹中没有 arXiv {id} 的 PDF，以地址作为标题"
        )
    }

    /// Facts from the PDF of an item.
    pub(in crate::app) fn facts_of_item(&self, text: &str) -> Facts {
        let pdfs = self.papers.item(text).map(|of| of.pdfs.as_slice()).unwrap_or_default();
        pdfs.iter().find_map(|place| self.papers.pdf(place)).map(|pdf| pdf.about.facts.clone()).unwrap_or_default()
    }
}
