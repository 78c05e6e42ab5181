//! What `chattr` sets on a file: not among its extended attributes, and lost with a copy.

use std::fs::File;
use std::io;

#[cfg(target_os = "linux")]
use rustix::fs::{IFlags, ioctl_getflags, ioctl_setflags};

/// The flags of a file. Elsewhere than on Linux none are known.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "there are none"))]
pub struct Flags(#[cfg(target_os = "linux")] IFlags, #[cfg(not(target_os = "linux"))] ());

/// Those that a copy may have: who has set them wants them kept. That a file cannot be changed is not
/// among them, since then it cannot be replaced either.
#[cfg(target_os = "linux")]
const KEPT: IFlags = IFlags::COMPRESSED
    .union(IFlags::DIRSYNC)
    .union(IFlags::JOURNALING)
    .union(IFlags::NOATIME)
    .union(IFlags::NOCOW)
    .union(IFlags::NODUMP)
    .union(IFlags::NOTAIL)
    .union(IFlags::SECURE_REMOVAL)
    .union(IFlags::SYNC)
    .union(IFlags::UNRM);

impl Flags {
    /// Those of a file, where its file system has any.
    #[cfg(target_os = "linux")]
    pub fn of(file: &File) -> Option<Self> {
        ioctl_getflags(file).ok().map(Self)
    }

    /// Those of a file, where its file system has any.
    #[cfg(not(target_os = "linux"))]
    pub fn of(_: &File) -> Option<Self> {
        None
    }

    /// Gives them to a new and empty file.
    ///
    /// # Errors
    /// When it cannot have them.
    #[cfg(target_os = "linux")]
    pub fn give(self, new: &File) -> io::Result<()> {
        let Ok(now) = ioctl_getflags(new) else { return Ok(()) };
        let flags = now.difference(KEPT).union(self.0.intersection(KEPT));
        if flags == now { Ok(()) } else { Ok(ioctl_setflags(new, flags)?) }
    }

    /// Gives them to a new and empty file.
    ///
    /// # Errors
    /// When it cannot have them.
    #[cfg(not(target_os = "linux"))]
    pub fn give(self, _: &File) -> io::Result<()> {
        Ok(())
    }
}
