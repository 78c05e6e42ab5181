//! A watch over the files that we wrote ourselves: whether anyone has opened them since.
//!
//! Before a file gives way to another, a program that has it open for writing must be found
//! ([`exchange`](super::exchange)), and the look through `/proc` takes longer than all the rest of
//! a save. A file of our own making needs no such look as long as no one has opened it: the system
//! reports every opening, and the watch begins before the file has the name that others know.
//! Whatever else is reported, or uncertain, means that one must look.
//!
//! Only for files of this machine: what is done to a file elsewhere in a network is not reported.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

#[cfg(target_os = "linux")]
pub use linux::Vigil;
#[cfg(not(target_os = "linux"))]
pub use other::Vigil;

/// The watches, by the paths of the files; shared by clones.
#[derive(Debug, Clone, Default)]
pub struct Vigils(Arc<Mutex<HashMap<PathBuf, Vigil>>>);

impl Vigils {
    /// Whether the file that was written as `path` now stands at `at`, holds this text, and has
    /// not been opened or changed by anyone since.
    pub fn hold(&self, path: &Path, at: &Path, text: &str) -> bool {
        let Ok(mut vigils) = self.0.lock() else { return false };
        vigils.get_mut(path).is_some_and(|vigil| vigil.holds(at, text))
    }

    /// From now on the file that is written as `path` is this one.
    pub fn keep(&self, path: &Path, vigil: Option<Vigil>) {
        let Ok(mut vigils) = self.0.lock() else { return };
        match vigil {
            Some(vigil) => vigils.insert(path.to_owned(), vigil),
            None => vigils.remove(path),
        };
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::fs::{FileExt, MetadataExt};
    use std::path::Path;

    use rustix::fs::fstatfs;
    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
    use rustix::io::Errno;

    /// Kinds of file systems that only this machine writes: ext2 to ext4, Btrfs, XFS, F2FS, tmpfs,
    /// overlayfs. The numbers are those of `statfs(2)`.
    const LOCAL: [i64; 6] = [0xEF53, 0x9123_683E, 0x5846_5342, 0xF2F5_2010, 0x0102_1994, 0x794C_7630];

    /// The watch over one file.
    #[derive(Debug)]
    pub struct Vigil {
        /// For reading, opened before the watch began, and so not reported by it.
        file: File,
        reports: OwnedFd,
        is_untouched: bool,
    }

    impl Vigil {
        /// Begins over a file that is written already, and of which no one else knows yet. `None`
        /// where the system does not report reliably.
        pub fn over(path: &Path) -> Option<Self> {
            let file = File::open(path).ok()?;
            let kind = fstatfs(&file).ok()?.f_type;
            #[allow(clippy::useless_conversion, reason = "on systems of 32 bits the number has fewer")]
            let kind = i64::from(kind);
            if !LOCAL.contains(&kind) {
                return None;
            }
            let reports = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok()?;
            inotify::add_watch(&reports, path, WatchFlags::OPEN | WatchFlags::MODIFY).ok()?;
            Some(Self { file, reports, is_untouched: true })
        }

        pub fn holds(&mut self, path: &Path, text: &str) -> bool {
            let is_it = |there: std::fs::Metadata| {
                self.file.metadata().is_ok_and(|file| {
                    (file.dev(), file.ino()) == (there.dev(), there.ino()) && file.len() == text.len() as u64
                })
            };
            if !std::fs::metadata(path).is_ok_and(is_it) {
                return false;
            }
            let mut bytes = vec![0; text.len()];
            let is_same = self.file.read_exact_at(&mut bytes, 0).is_ok() && bytes == text.as_bytes();
            // Last, so that it speaks of all that was looked at.
            is_same && self.is_untouched()
        }

        fn is_untouched(&mut self) -> bool {
            let mut buffer = [MaybeUninit::uninit(); 512];
            let mut reports = inotify::Reader::new(&self.reports, &mut buffer);
            self.is_untouched &= reports.next().is_err_and(|error| error == Errno::AGAIN);
            self.is_untouched
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod other {
    use std::path::Path;

    /// Elsewhere no watch reports every opening.
    #[derive(Debug)]
    pub enum Vigil {}

    impl Vigil {
        pub fn over(_: &Path) -> Option<Self> {
            None
        }

        pub fn holds(&mut self, _: &Path, _: &str) -> bool {
            match *self {}
        }
    }
}
