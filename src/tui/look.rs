//! How the worker for the files takes in what others have done to them: what they hold, which there
//! are, and where they stand.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Input;
use super::files::{GRACE, Job, Known, QUIET, Worker};
use super::lending::ByEditor;
use crate::app::Message;
use crate::io::choose::Located;
use crate::io::located::damage;
use crate::io::read::{ReadError, Shown, holds, read_shown};
use crate::io::settle::is_settled;
use crate::io::sign::Sign;
use crate::io::watch::Watch;
use crate::log::{File, Log, Source, parse};
use crate::say;
use crate::words::{Say, Sentence};

/// How often files are looked at where the system does not report what happens to them.
const LOOK: Duration = Duration::from_secs(3);
/// Among how many files at most one that was renamed is known by a part of its text.
const ALIKE: usize = 20;
/// How long a file of a folder that is gone is taken for one that is being replaced.
const GONE: Duration = Duration::from_millis(200);

impl Worker {
    /// Watches what there is; where that cannot be, looks at it now and then, and says so.
    pub fn watch_anew(&mut self) {
        let touched = self.touched.clone();
        self.watched = self.located.places();
        let wanted = std::env::var("PAPERS_TUI_WATCH").ok().and_then(|seconds| seconds.parse().ok());
        let pause = wanted.filter(|seconds| *seconds > 0).map(Duration::from_secs);
        let start = || {
            // The worker is gone only when the program ends.
            Watch::start(&self.watched, move |what| _ = touched.send(Job::Touched(what)))
        };
        self.watch = if pause.is_none() { start().ok() } else { None };
        let before = self.pause;
        self.pause = if self.watch.is_some() { None } else { Some(pause.unwrap_or(LOOK)) };
        self.next_look = self.pause.map(|pause| Instant::now() + pause);
        if before != self.pause {
            self.tell(Message::Watched(self.pause.map(|pause| pause.as_secs())));
        }
    }

    /// Looks at all files, reads those that may have changed, and reports them if one has, or in any case
    /// if `asked`.
    pub fn look(&mut self, asked: bool) {
        (self.due, self.touched_since) = (None, None);
        let is_looking = self.pause.is_some();
        self.next_look = self.pause.map(|pause| Instant::now() + pause);
        if self.is_moved || asked {
            self.watch_anew();
        }
        let found = match self.is_moved || is_looking || asked {
            true => self.find_again(asked),
            false => Ok(false),
        };
        match found.and_then(|is_new| Ok((is_new, self.read(asked)?))) {
            Ok((is_new, changed)) => {
                (self.odd_since, self.is_odd_told) = (None, false);
                // What came before the folders were watched in which it stands now was not reported.
                let is_whole = self.watch.as_ref().is_none_or(Watch::is_whole);
                self.is_moved = self.watch.is_some() && (!is_whole || self.watched != self.located.places());
                self.due = self.is_moved.then(|| Instant::now() + QUIET);
                if is_new {
                    self.tell_made(0..self.files.len());
                } else if !changed.is_empty() || asked {
                    self.tell_log();
                }
                for (file, flaw) in changed {
                    self.tell_made(file..file + 1);
                    self.tell_undone(file);
                    flaw.iter().for_each(|flaw| self.tell(Message::Noticed(damage(flaw))));
                }
                self.by_editor = ByEditor::default();
            }
            Err(reason) => self.odd(&reason, asked),
        }
    }

    /// Reads the files that may have changed; which have, as indices, each with what is wrong with it; or
    /// why one cannot be taken as it is.
    fn read(&mut self, asked: bool) -> Result<Vec<(usize, Option<ReadError>)>, Sentence> {
        let mut changed = Vec::new();
        for (index, known) in self.files.iter_mut().enumerate() {
            let (path, file) = (&known.path, &known.file);
            let sign = Sign::of(path);
            if sign.is_some_and(|sign| sign.is_as(known.sign.as_ref())) {
                continue;
            }
            // Our own save, which the watch reports like any other; or nothing, as mostly at the
            // start: then a large log is not in memory once more.
            if self.store.is_as_written(path, &file.text) || holds(path, &file.text).unwrap_or(false) {
                known.sign = sign;
                continue;
            }
            let Shown { text, flaw } = match read_shown(path) {
                Ok(shown) => shown,
                Err(error) => {
                    // In a folder it may have another name now.
                    self.is_moved = true;
                    return Err(error.sentence());
                }
            };
            if file.text == text {
                known.sign = sign;
                continue;
            }
            let is_settled = is_settled(path, &text, &file.text, self.store.patience);
            if !is_settled && (!asked || text.is_empty()) {
                return Err(unsettled(&file.name, text.is_empty()));
            }
            (known.file, known.sign) = (file.holding(text.into()), sign);
            changed.push((index, flaw));
        }
        Ok(changed)
    }

    /// Looks for the files again; whether they are others now, which is told.
    ///
    /// # Errors
    /// When files are gone, or being written, for no longer than it takes to replace them.
    fn find_again(&mut self, asked: bool) -> Result<bool, Sentence> {
        let mut found = self.located.again().map_err(|lost| missing(&lost))?;
        if found.paths == self.located.paths {
            self.located = found;
            return Ok(false);
        }
        let before: HashMap<PathBuf, usize> =
            self.files.iter().enumerate().map(|(at, known)| (known.path.clone(), at)).collect();
        // Who has read one of them holds it, and it is read only once.
        let mut new: BTreeMap<PathBuf, (String, Option<Sign>)> = BTreeMap::new();
        let mut unread = HashSet::new();
        for path in found.paths.iter().filter(|path| !before.contains_key(*path)) {
            let sign = Sign::of(path);
            match read_shown(path).map(|shown| shown.text) {
                Ok(text) if text.is_empty() && self.is_early() && !asked => {
                    return Err(unsettled(&path.display().to_string(), true));
                }
                Ok(text) => _ = new.insert(path.clone(), (text, sign)),
                Err(_) => _ = unread.insert(path.clone()),
            }
        }
        found.leave_out(&unread);
        if found.paths == self.located.paths {
            return Ok(false);
        }
        let there: HashSet<&PathBuf> = found.paths.iter().collect();
        let gone: Vec<usize> = (0..self.files.len()).filter(|&at| !there.contains(&self.files[at].path)).collect();
        let renamed = self.renamed(&gone, &new);
        if let Some(&lost) = gone.iter().find(|&at| !renamed.values().any(|old| old == at))
            && self.is_early()
            && !asked
        {
            return Err(missing(&self.files[lost].path));
        }
        self.take(found, &before, new, &renamed);
        Ok(true)
    }

    /// Whether what is missing may be back in a moment.
    fn is_early(&mut self) -> bool {
        self.odd_since.get_or_insert_with(Instant::now).elapsed() < GONE
    }

    /// Which of the new files are old ones under another name: the same file for the system, the only
    /// one with the same text, or the one with the most of it.
    fn renamed(&self, gone: &[usize], new: &BTreeMap<PathBuf, (String, Option<Sign>)>) -> HashMap<PathBuf, usize> {
        let mut by_inode: HashMap<(u64, u64), usize> = HashMap::new();
        let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
        for &at in gone {
            by_inode.extend(self.files[at].sign.map(|sign| (sign.inode, at)));
            by_text.entry(&self.files[at].file.text).or_default().push(at);
        }
        let mut renamed: HashMap<PathBuf, usize> = HashMap::new();
        for (path, (text, sign)) in new {
            let same_file = sign.and_then(|sign| by_inode.get(&sign.inode)).copied();
            let same_text =
                by_text.get(text.as_str()).filter(|all| all.len() == 1 && !text.is_empty()).map(|all| all[0]);
            if let Some(old) = same_file.or(same_text).filter(|old| !renamed.values().any(|taken| taken == old)) {
                renamed.insert(path.clone(), old);
            }
        }
        // One that was changed in the same moment.
        for (path, (text, _)) in new.iter().take(ALIKE).filter(|_| gone.len() <= ALIKE) {
            let left = gone.iter().filter(|old| !renamed.values().any(|taken| taken == *old));
            let most = left.map(|&old| (share(&self.files[old].file.text, text), old)).max();
            if let Some((_, old)) = most.filter(|(share, _)| *share > 50 && !renamed.contains_key(path)) {
                renamed.insert(path.clone(), old);
            }
        }
        renamed
    }

    /// Goes on with these files.
    fn take(
        &mut self,
        found: Located,
        before: &HashMap<PathBuf, usize>,
        mut new: BTreeMap<PathBuf, (String, Option<Sign>)>,
        renamed: &HashMap<PathBuf, usize>,
    ) {
        let from: Vec<Option<usize>> =
            found.paths.iter().map(|path| before.get(path).or_else(|| renamed.get(path)).copied()).collect();
        for (path, &old) in renamed {
            let old = &self.files[old].path;
            self.store.follow(old, path);
            self.moved.values_mut().filter(|now| *now == old).for_each(|now| now.clone_from(path));
            self.moved.insert(old.clone(), path.clone());
        }
        self.moved.retain(|old, _| !found.paths.contains(old));
        let dialect = self.files.first().map(|known| known.file.dialect.of_log()).unwrap_or_default();
        let mut old: Vec<Option<Known>> = std::mem::take(&mut self.files).into_iter().map(Some).collect();
        let sources: Vec<(Source, Option<Sign>)> = found
            .paths
            .iter()
            .zip(&found.names)
            .map(|(path, name)| match (new.remove(path), before.get(path).and_then(|&at| old[at].take())) {
                (None, Some(known)) => (Source { name: name.clone(), text: known.file.text }, known.sign),
                (Some((text, sign)), _) => (Source { name: name.clone(), text: text.into() }, sign),
                (None, None) => (Source { name: name.clone(), text: String::new().into() }, None),
            })
            .collect();
        let signs: Vec<Option<Sign>> = sources.iter().map(|(_, sign)| *sign).collect();
        let sources = sources.into_iter().map(|(source, _)| source);
        let log = parse::parse_folders(sources, &found.folders, &dialect, &mut |_| {});
        let known = |((path, file), sign): ((&PathBuf, &File), Option<Sign>)| Known {
            path: path.clone(),
            file: file.clone(),
            sign,
        };
        self.files = found.paths.iter().zip(&log.files).zip(signs).map(known).collect();
        self.past.moved(&from);
        self.located = found.clone();
        if let Some(lessons) = &mut self.lessons {
            lessons.follow(&found);
        }
        let links = self.links(&log);
        // The loop is gone only when the program ends.
        let _ = self.sender.send(Input::Moved { log: Box::new(log), files: found, from });
        self.tell(Message::Linked(Box::new(links)));
    }

    /// A file that cannot be read, or is empty or far shorter all of a sudden, may be in the middle
    /// of being saved: it is looked at again for a while before anything is said.
    fn odd(&mut self, reason: &Sentence, asked: bool) {
        let since = *self.odd_since.get_or_insert_with(Instant::now);
        let is_late = since.elapsed() >= GRACE;
        // Whatever is said, it may be as it should be at any time, and nobody may report that.
        self.due = Some(Instant::now() + if is_late { LOOK } else { QUIET });
        if asked || is_late && !self.is_odd_told {
            self.is_odd_told = true;
            let text = |language| {
                let reason = reason.get(language);
                say!(language, "{reason}. Shown is what was read before", "{reason}。显示的是之前读取的内容")
            };
            self.tell(Message::Failed(Sentence::of(text)));
        }
    }

    pub fn log(&self) -> Log {
        let source = |known: &Known| Source { name: known.file.name.clone(), text: known.file.text.clone() };
        let dialect = self.files.first().map(|known| known.file.dialect.of_log()).unwrap_or_default();
        parse::parse_folders(self.files.iter().map(source), &self.located.folders, &dialect, &mut |_| {})
    }

    pub fn tell_log(&self) {
        let log = self.log();
        let links = self.links(&log);
        let log = Box::new(log);
        self.tell(if self.by_editor.get() { Message::Edited(log) } else { Message::Loaded(log) });
        self.tell(Message::Linked(Box::new(links)));
    }
}

/// How many of an old text's lines a new one has, in hundredths; blank lines do not count.
fn share(old: &str, new: &str) -> usize {
    let known: HashSet<&str> = new.lines().collect();
    let lines: Vec<&str> = old.lines().filter(|line| !line.trim().is_empty()).collect();
    100 * lines.iter().filter(|line| known.contains(*line)).count() / lines.len().max(1)
}

/// Why a file is not taken as it is.
fn unsettled(name: &str, is_empty: bool) -> Sentence {
    Sentence::of(|language| match is_empty {
        true => say!(language, "{name}: the file is empty", "{name}：文件为空"),
        false => say!(language, "{name}: another program seems to be writing it", "{name}：似乎有其他程序正在写入"),
    })
}

/// Why what is known is kept.
fn missing(path: &std::path::Path) -> Sentence {
    let path = path.display();
    Sentence::of(|language| say!(language, "{path}: no longer there", "{path}：已不存在"))
}
