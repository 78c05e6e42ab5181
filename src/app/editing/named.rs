//! A new item or entry that is named by its PDF, or by its address at arXiv: the title that the PDF says takes the
//! place of what was typed, and can be changed before it is taken. Nothing is fetched.

use crate::app::lists::field::Field;
use crate::app::lists::prompt::{Prompt, Purpose};
use crate::app::{App, Effect, Overlay};
use crate::log::template::Facts;
use crate::papers::about::{About, Named, named, published_as};
use crate::say;
use crate::words::Sentence;

/// A PDF that is being read for the line that is typed.
#[derive(Debug)]
pub(in crate::app) struct Asked {
    /// What was typed for it.
    typed: String,
    /// Whether the answer is taken as soon as it is there.
    goes_on: bool,
}

impl App {
    /// Whether a PDF is read for a line that was taken: what is typed meanwhile is meant for what comes after it.
    pub(in crate::app) fn awaits_pdf(&self) -> bool {
        self.reading_pdf.as_ref().is_some_and(|asked| asked.goes_on)
    }

    /// Nobody waits for a PDF any more.
    pub(in crate::app) fn forget_pdf(&mut self) {
        self.reading_pdf = None;
    }

    /// The line that is typed for a new item or entry.
    fn naming(&mut self) -> Option<&mut Prompt> {
        match self.overlays.last_mut() {
            Some(Overlay::Prompt(prompt)) if matches!(prompt.purpose, Purpose::AddItem { .. } | Purpose::Title) => {
                Some(prompt)
            }
            _ => None,
        }
    }

    /// Takes pasted text. What names a PDF has it read at once.
    pub(in crate::app) fn pasted(&mut self, text: &str) -> Vec<Effect> {
        self.touch();
        let mut effects = self.edit(|field| field.paste(text));
        effects.extend(self.take_title(false).unwrap_or_default());
        effects
    }

    /// Where a PDF, or an address of arXiv, stands in the line, has the title take its place. `None` where the line
    /// is what it says; `goes_on` says that it is taken when its title is known.
    pub(in crate::app) fn take_title(&mut self, goes_on: bool) -> Option<Vec<Effect>> {
        let prompt = self.naming()?;
        let typed = prompt.field.text().trim().to_owned();
        if prompt.told.unread.as_ref() == Some(&typed) {
            return None;
        }
        let (place, known) = match named(&typed)? {
            Named::Arxiv(id) => (None, self.papers.with_arxiv(&id)),
            Named::Pdf(path) => {
                let known = self.papers.pdf(&path);
                (Some(path), known)
            }
        };
        if let Some(about) = known.map(|pdf| pdf.about.clone()) {
            self.fill(typed, about);
            return if goes_on { Some(self.accept()) } else { Some(Vec::new()) };
        }
        let path = place?;
        let is_asked = self.reading_pdf.as_ref().is_some_and(|asked| asked.typed == typed);
        self.reading_pdf = Some(Asked { typed: typed.clone(), goes_on });
        Some(if is_asked { Vec::new() } else { vec![Effect::ReadPdf { path, typed }] })
    }

    fn fill(&mut self, typed: String, about: About) {
        let Some(prompt) = self.naming() else { return };
        prompt.field = Field::new(&about.title);
        prompt.told.about = Some(Box::new((typed, about)));
    }

    /// A PDF was read for the line that is typed, or cannot be.
    pub(in crate::app) fn pdf_read(&mut self, typed: String, found: Result<About, Sentence>) -> Vec<Effect> {
        let Some(asked) = self.reading_pdf.take_if(|asked| asked.typed == typed) else { return Vec::new() };
        let language = self.language;
        let Some(prompt) = self.naming().filter(|prompt| prompt.field.text().trim() == typed) else {
            return Vec::new();
        };
        match found {
            Ok(about) => {
                self.fill(typed, about);
                if asked.goes_on { self.accept() } else { Vec::new() }
            }
            Err(reason) => {
                prompt.told.unread = Some(typed);
                let reason = reason.take(language);
                self.tell_error(say!(
                    language,
                    "{reason}. Enter once more takes it as text",
                    "{reason}。再按 Enter 则按文字处理"
                ))
            }
        }
    }

    /// What is said of the PDF that the line names.
    pub(in crate::app) fn told_line(&self) -> Option<String> {
        let Some(Overlay::Prompt(prompt)) = self.overlays.last() else { return None };
        let (language, text) = (self.language, prompt.field.text());
        let file = |typed: &str| match named(typed) {
            Some(Named::Pdf(path)) => path.rsplit('/').next().unwrap_or_default().to_owned(),
            _ => typed.to_owned(),
        };
        if let Some(asked) = self.reading_pdf.as_ref().filter(|asked| asked.typed == text.trim()) {
            return Some(say!(language, "reading {}…", "正在读 {}…", file(&asked.typed)));
        }
        let (typed, about) = prompt.told.about.as_deref()?;
        if !about.is_read {
            let file = file(typed);
            return Some(say!(language, "{file} has no title: its name", "{file} 没有标题：以文件名代替"));
        }
        let facts = prompt.told.facts(text);
        let by = match &facts.by[..] {
            [first, _, _, ..] => Some(say!(language, "{first} et al.", "{first} 等")),
            some => Some(some.join(language.pick(", ", "、"))).filter(|some| !some.is_empty()),
        };
        let parts: Vec<String> = [Some(file(typed)), facts.published, by].into_iter().flatten().collect();
        Some(say!(language, "from {}", "取自 {}", parts.join(" · ")))
    }

    /// What an entry begins with that is named by the address of a paper of which there is no PDF.
    pub(in crate::app) fn facts_of_address(&self, text: &str) -> Option<(String, Facts)> {
        match named(text) {
            Some(Named::Arxiv(id)) => {
                let facts = Facts { published: published_as(&id), ..Facts::default() };
                Some((id, facts))
            }
            _ => None,
        }
    }

    /// What is said of an address that stands for a title.
    pub(in crate::app) fn of_address(&self, id: &str) -> String {
        say!(
            self.language,
            " No PDF of the library is arXiv {id}, and nothing is fetched: the address stands for the title",
            "。库中没有 arXiv {id} 的 PDF，也不联网获取：以地址代替标题"
        )
    }

    /// What the PDF of an item says of its paper.
    pub(in crate::app) fn facts_of_item(&self, text: &str) -> Facts {
        let pdfs = self.papers.item(text).map(|of| of.pdfs.as_slice()).unwrap_or_default();
        pdfs.iter().find_map(|place| self.papers.pdf(place)).map(|pdf| pdf.about.facts.clone()).unwrap_or_default()
    }
}
