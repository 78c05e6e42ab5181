//! Watches the files that we wrote ourselves, to know whether anyone has opened them since.
//!
//! Before a file is replaced, a program that has it open for writing must be found ([`exchange`](super::exchange)),
//! and searching `/proc` takes longer than the rest of a save. A file that we created needs no search as long as no
//! one has opened it: inotify reports every open, and the watch starts before the file gets its public name. After
//! any report, or in doubt, we search after all.
//!
//! Only local file systems are watched: inotify does not report changes made by other machines.

#[cfg(target_os = "linux")]
pub use linux::OpenWatcher;
#[cfg(not(target_os = "linux"))]
pub use other::OpenWatcher;

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::fs::{File, Metadata};
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::os::unix::fs::{FileExt, MetadataExt};
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, Mutex};

    use rustix::fs::fstatfs;
    use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
    use rustix::io::Errno;

    use crate::io::flags::Flags;

    /// `statfs(2)` types of local file systems: ext2 to ext4, Btrfs, XFS, F2FS, tmpfs, overlayfs.
    const LOCAL: [i64; 6] = [0xEF53, 0x9123_683E, 0x5846_5342, 0xF2F5_2010, 0x0102_1994, 0x794C_7630];

    /// The watches, by file path. Clones share them.
    #[derive(Debug, Clone, Default)]
    pub struct OpenWatcher(Arc<Mutex<Watches>>);

    /// One inotify instance for all files: closing an instance takes longer than a save.
    #[derive(Debug, Default)]
    struct Watches {
        reports: Option<OwnedFd>,
        files: HashMap<PathBuf, WatchedFile>,
    }

    /// The watch on one file. The kernel removes the watch when the file is deleted.
    #[derive(Debug)]
    struct WatchedFile {
        /// Our own handle, opened before the watch started, so the watch does not report it.
        file: File,
        watch: i32,
        is_untouched: bool,
    }

    impl OpenWatcher {
        /// Starts watching a new, fully written file that no one else knows yet. Does nothing on file systems
        /// without reliable reports.
        pub fn begin(&self, new: &Path) {
            if let (Ok(mut watches), Ok(file)) = (self.0.lock(), File::open(new)) {
                watches.begin(new, file);
            }
        }

        /// Call when two files have exchanged their names.
        pub fn exchange(&self, one: &Path, other: &Path) {
            let Ok(mut watches) = self.0.lock() else { return };
            let (first, second) = (watches.files.remove(one), watches.files.remove(other));
            watches.files.extend(first.map(|watched| (other.to_owned(), watched)));
            watches.files.extend(second.map(|watched| (one.to_owned(), watched)));
        }

        /// Call when a file was renamed.
        pub fn follow(&self, from: &Path, to: &Path) {
            let Ok(mut watches) = self.0.lock() else { return };
            if let Some(watched) = watches.files.remove(from) {
                watches.files.insert(to.to_owned(), watched);
            }
        }

        /// Stops watching a file.
        pub fn forget(&self, file: &Path) {
            if let Ok(mut watches) = self.0.lock() {
                watches.files.remove(file);
            }
        }

        /// Whether we wrote this file and no one has opened or changed it since.
        pub fn is_untouched(&self, file: &Path) -> bool {
            let Ok(mut watches) = self.0.lock() else { return false };
            if watches.files.get(file).is_none_or(|watched| watched.is_at(file).is_none()) {
                return false;
            }
            watches.take_reports();
            watches.files.get(file).is_some_and(|watched| watched.is_untouched)
        }

        /// The flags of a watched file, without opening it again.
        pub fn flags(&self, file: &Path) -> Option<Flags> {
            let watches = self.0.lock().ok()?;
            let watched = watches.files.get(file).filter(|watched| watched.is_at(file).is_some())?;
            Flags::of(&watched.file)
        }

        /// Whether the file watched as `path` is now at `at`, contains `text`, and has not been opened or changed
        /// since we wrote it.
        pub fn hold(&self, path: &Path, at: &Path, text: &str) -> bool {
            let Ok(mut watches) = self.0.lock() else { return false };
            let holds = |watched: &WatchedFile| watched.holds(at, text);
            if !watches.files.get(path).is_some_and(holds) {
                return false;
            }
            // Check last, so that it covers everything above.
            watches.take_reports();
            watches.files.get(path).is_some_and(|watched| watched.is_untouched)
        }
    }

    impl Watches {
        fn begin(&mut self, new: &Path, file: File) -> Option<()> {
            #[allow(clippy::useless_conversion, reason = "the number is narrower on 32-bit systems")]
            let kind = i64::from(fstatfs(&file).ok()?.f_type);
            if !LOCAL.contains(&kind) {
                return None;
            }
            if self.reports.is_none() {
                self.reports = Some(inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok()?);
            }
            let watch = inotify::add_watch(self.reports.as_ref()?, new, WatchFlags::OPEN | WatchFlags::MODIFY).ok()?;
            self.files.insert(new.to_owned(), WatchedFile { file, watch, is_untouched: true });
            Some(())
        }

        /// Processes pending reports.
        fn take_reports(&mut self) {
            let Some(reports) = &self.reports else { return };
            let mut buffer = [MaybeUninit::uninit(); 1024];
            let mut reader = inotify::Reader::new(reports, &mut buffer);
            loop {
                let touched = match reader.next() {
                    Err(Errno::AGAIN) => return,
                    Ok(report) if report.events().contains(ReadFlags::IGNORED) => continue,
                    Ok(report) if !report.events().contains(ReadFlags::QUEUE_OVERFLOW) => Some(report.wd()),
                    // An overflow or error: any event may have been lost.
                    _ => None,
                };
                for watched in self.files.values_mut() {
                    watched.is_untouched &= touched.is_some_and(|watch| watch != watched.watch);
                }
                if touched.is_none() {
                    return;
                }
            }
        }
    }

    impl WatchedFile {
        /// The file's metadata, if the watched file is still the one at this path.
        fn is_at(&self, path: &Path) -> Option<Metadata> {
            let (file, there) = (self.file.metadata().ok()?, std::fs::metadata(path).ok()?);
            ((file.dev(), file.ino()) == (there.dev(), there.ino())).then_some(file)
        }

        fn holds(&self, path: &Path, text: &str) -> bool {
            let mut bytes = vec![0; text.len()];
            self.is_at(path).is_some_and(|file| file.len() == text.len() as u64)
                && self.file.read_exact_at(&mut bytes, 0).is_ok()
                && bytes == text.as_bytes()
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod other {
    use std::path::Path;

    use crate::io::flags::Flags;

    /// Other systems do not report every open.
    #[derive(Debug, Clone, Default)]
    pub struct OpenWatcher;

    impl OpenWatcher {
        pub fn begin(&self, _: &Path) {}

        pub fn exchange(&self, _: &Path, _: &Path) {}

        pub fn follow(&self, _: &Path, _: &Path) {}

        pub fn forget(&self, _: &Path) {}

        pub fn is_untouched(&self, _: &Path) -> bool {
            false
        }

        pub fn flags(&self, _: &Path) -> Option<Flags> {
            None
        }

        pub fn hold(&self, _: &Path, _: &Path, _: &str) -> bool {
            false
        }
    }
}
