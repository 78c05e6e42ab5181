//! The watch on Linux, with inotify.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::path::{Component, Path, PathBuf};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use rustix::fs::statfs;
use rustix::io::Errno;

use super::{Places, Touched, absolute, may_matter};

/// `statfs(2)` types of file systems that may change without a report: NFS, SMB, SMB 2, CIFS, FUSE,
/// 9P (Windows drives in WSL), Ceph, AFS, Coda, Lustre, VirtualBox shared folders.
const REMOTE: [u64; 12] = [
    0x6969,
    0x517B,
    0xFE53_4D42,
    0xFF53_4D42,
    0x6573_5546,
    0x0102_1997,
    0x00C3_6400,
    0x5346_414F,
    0x6B41_4653,
    0x7375_7245,
    0x0BD0_0BD0,
    0x786F_4256,
];

/// Maximum number of chained symbolic links.
const LINKS: usize = 40;

/// A running watch; stopped when dropped.
#[derive(Debug)]
pub struct Watch {
    _end: UnixStream,
    is_whole: bool,
}

/// Which names in a watched folder matter.
#[derive(Debug, Default)]
struct Interest {
    /// The folder's path.
    folder: PathBuf,
    /// Names of log files.
    files: HashSet<OsString>,
    /// Names that are missing here and lead to the log.
    missing: HashSet<OsString>,
    /// Whether every Markdown file in the folder belongs to the log.
    is_whole: bool,
}

/// The state of the watching thread.
struct Watched {
    reports: OwnedFd,
    /// What matters in each watched folder, by inotify watch descriptor.
    interests: HashMap<i32, Interest>,
    /// Watch descriptors of these folders, by path.
    folders: HashMap<PathBuf, i32>,
    /// Parent folders and links, watched in case they are moved or deleted.
    above: HashSet<PathBuf>,
    /// Whether everything existed when the watch started.
    is_whole: bool,
}

impl Watch {
    /// Calls `touched` from another thread when something may have changed. Calls are frequent, so debounce them, and
    /// compare contents: a call does not mean that anything changed.
    ///
    /// # Errors
    /// If the system does not report changes there.
    pub fn start(places: &Places, touched: impl Fn(Touched) + Send + 'static) -> io::Result<Self> {
        let reports = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        let (interests, folders, above) = (HashMap::new(), HashMap::new(), HashSet::new());
        let mut watched = Watched { reports, interests, folders, above, is_whole: true };
        let whole = places.whole();
        for folder in &whole {
            if let Some(interest) = watched.folder(folder)? {
                interest.is_whole = true;
            }
        }
        for file in places.files.iter().map(|file| absolute(file)) {
            let is_in_whole = file.parent().is_some_and(|folder| whole.contains(folder));
            watched.file(&file, is_in_whole)?;
        }
        let (end, ended) = UnixStream::pair()?;
        let is_whole = watched.is_whole;
        std::thread::Builder::new().name("watch".into()).spawn(move || watched.listen(&ended, &touched))?;
        Ok(Self { _end: end, is_whole })
    }

    /// Whether everything existed when the watch started. If not, a missing file or folder may have appeared unseen,
    /// before its watch was set: start a new watch.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}

impl Watched {
    /// Watches a file by its name in its folder. Unless it `is_plain`, it may be a symbolic link, so the links and the
    /// file that it leads to are watched too.
    fn file(&mut self, file: &Path, is_plain: bool) -> io::Result<()> {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return Ok(()) };
        if let Some(interest) = self.folder(folder)? {
            interest.files.insert(name.to_owned());
        }
        if is_plain {
            return Ok(());
        }
        // Watch the links before resolving them, so that a link replaced in between is reported; at worst we also watch
        // its old target.
        self.links(file, 0)?;
        let Some(target) = file.canonicalize().ok().filter(|target| target != file) else { return Ok(()) };
        match (target.parent(), target.file_name()) {
            (Some(folder), Some(name)) => {
                if let Some(interest) = self.folder(folder)? {
                    interest.files.insert(name.to_owned());
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Watches a folder and its parents. `None` if the folder is missing; the watch on a parent reports when it
    /// appears.
    fn folder(&mut self, folder: &Path) -> io::Result<Option<&mut Interest>> {
        if !self.folders.contains_key(folder) {
            self.way(folder, 0)?;
            match self.names(folder) {
                Ok(watch) => _ = self.folders.insert(folder.to_owned(), watch),
                Err(Errno::NOENT | Errno::NOTDIR) => {
                    self.is_whole = false;
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(self.folders.get(folder).copied().map(|watch| self.interest(watch, folder)))
    }

    /// The record of what matters in a watched folder, created if necessary.
    fn interest(&mut self, watch: i32, folder: &Path) -> &mut Interest {
        self.interests.entry(watch).or_insert_with(|| Interest { folder: folder.to_owned(), ..Interest::default() })
    }

    /// Watches a folder for names that come, go or change.
    fn names(&self, folder: &Path) -> Result<i32, Errno> {
        if REMOTE.contains(&kind(folder)?) {
            return Err(Errno::NOTSUP);
        }
        let comes_or_goes = WatchFlags::CREATE | WatchFlags::DELETE | WatchFlags::MOVED_FROM | WatchFlags::MOVED_TO;
        let changes = WatchFlags::MODIFY | WatchFlags::CLOSE_WRITE | WatchFlags::ATTRIB;
        let flags = comes_or_goes | changes | WatchFlags::ONLYDIR | WatchFlags::MASK_ADD;
        inotify::add_watch(&self.reports, folder, flags)
    }

    /// Watches each folder and link on a path, in case it is moved, deleted or replaced.
    fn way(&mut self, folder: &Path, links: usize) -> io::Result<()> {
        let mut here = PathBuf::new();
        for part in folder.components() {
            let before = here.clone();
            here.push(part);
            if self.above.contains(&here) {
                continue;
            }
            let goes = WatchFlags::DELETE_SELF | WatchFlags::MOVE_SELF;
            let flags = goes | WatchFlags::ONLYDIR | WatchFlags::MASK_ADD;
            // Watch before looking at the type, so that we are told if a link replaces the folder in between.
            self.watch(&here, flags)?;
            match std::fs::symlink_metadata(&here) {
                Ok(there) if there.is_symlink() => {
                    self.link(&here, links)?;
                    self.watch(&here, flags)?;
                }
                Ok(_) => {}
                Err(_) => return self.missing(&before, part),
            }
            self.above.insert(here.clone());
        }
        Ok(())
    }

    /// Watches for a missing name to appear.
    fn missing(&mut self, folder: &Path, part: Component<'_>) -> io::Result<()> {
        self.is_whole = false;
        if let (Ok(watch), Component::Normal(name)) = (self.names(folder), part) {
            self.interest(watch, folder).missing.insert(name.to_owned());
        }
        Ok(())
    }

    /// Watches a link, and the folders and links on the way to its target. `links` counts the links followed so far.
    fn link(&mut self, link: &Path, links: usize) -> io::Result<()> {
        let flags = WatchFlags::ATTRIB | WatchFlags::DELETE_SELF | WatchFlags::MOVE_SELF;
        self.watch(link, flags | WatchFlags::DONT_FOLLOW | WatchFlags::MASK_ADD)?;
        let (Ok(target), Some(folder)) = (std::fs::read_link(link), link.parent()) else { return Ok(()) };
        let target = folder.join(target);
        if links < LINKS {
            if let Some(folder) = target.parent() {
                self.way(folder, links + 1)?;
            }
            self.links(&target, links + 1)?;
        }
        Ok(())
    }

    /// Like [`link`](Self::link), but does nothing if the path is not a link.
    fn links(&mut self, path: &Path, links: usize) -> io::Result<()> {
        let is_link = std::fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink());
        if is_link { self.link(path, links) } else { Ok(()) }
    }

    fn watch(&mut self, path: &Path, flags: WatchFlags) -> io::Result<()> {
        match inotify::add_watch(&self.reports, path, flags) {
            // A parent folder may be unreadable.
            Ok(_) | Err(Errno::ACCESS) => Ok(()),
            // The path has just been deleted.
            Err(Errno::NOENT | Errno::NOTDIR) => {
                self.is_whole = false;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn listen(self, end: &UnixStream, touched: &impl Fn(Touched)) {
        loop {
            let mut waits = [PollFd::new(&self.reports, PollFlags::IN), PollFd::new(end, PollFlags::IN)];
            match poll(&mut waits, None) {
                Ok(_) if !waits[1].revents().is_empty() => return,
                Ok(_) | Err(Errno::INTR) => {}
                // The watch is broken: make the caller start a new one.
                Err(_) => return touched(Touched::Places),
            }
            self.take_reports().into_iter().for_each(touched);
        }
    }

    /// Processes pending events; returns the most important consequence.
    fn take_reports(&self) -> Option<Touched> {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(&self.reports, &mut buffer);
        let mut most = None;
        while let Ok(report) = reader.next() {
            let name = report.file_name().map(|name| OsStr::from_bytes(name.to_bytes()));
            let what = self.judge(report.wd(), report.events(), name);
            if most != Some(Touched::Places) {
                most = what.or(most);
            }
        }
        most
    }

    /// What an event means for the log.
    fn judge(&self, watch: i32, events: ReadFlags, name: Option<&OsStr>) -> Option<Touched> {
        if events.intersects(ReadFlags::QUEUE_OVERFLOW | ReadFlags::UNMOUNT) {
            return Some(Touched::Places);
        }
        if events.contains(ReadFlags::IGNORED) {
            return None;
        }
        let interest = self.interests.get(&watch);
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            // Changes to a folder's own metadata do not matter.
            let is_moved = events.intersects(ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF);
            return (is_moved || interest.is_none()).then_some(Touched::Places);
        };
        let interest = interest?;
        let comes_or_goes =
            events.intersects(ReadFlags::CREATE | ReadFlags::DELETE | ReadFlags::MOVED_FROM | ReadFlags::MOVED_TO);
        if comes_or_goes && interest.missing.contains(name) {
            return Some(Touched::Places);
        }
        if interest.files.contains(name) {
            // If a link has replaced the file, its target is not watched yet.
            let is_link = || std::fs::symlink_metadata(interest.folder.join(name)).is_ok_and(|it| it.is_symlink());
            return Some(if comes_or_goes && is_link() { Touched::Places } else { Touched::Files });
        }
        let is_folder = events.contains(ReadFlags::ISDIR);
        match () {
            () if !interest.is_whole => None,
            () if name == ".gitignore" => Some(Touched::Places),
            () if !may_matter(name, is_folder) => None,
            () if comes_or_goes => Some(Touched::Places),
            () => (!is_folder).then_some(Touched::Files),
        }
    }
}

/// The `statfs` type of a folder's file system.
fn kind(folder: &Path) -> Result<u64, Errno> {
    #[allow(clippy::useless_conversion, reason = "the number is narrower on 32-bit systems")]
    let kind = i64::from(statfs(folder)?.f_type);
    Ok(kind.cast_unsigned() & 0xFFFF_FFFF)
}
