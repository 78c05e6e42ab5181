//! File flags as set by `chattr`. They are not extended attributes, so copying those does not copy the flags.

use std::fs::File;
use std::io;

#[cfg(target_os = "linux")]
use rustix::fs::{IFlags, ioctl_getflags, ioctl_setflags};

/// The flags of a file; empty outside of Linux.
#[derive(Debug, Clone, Copy)]
pub struct Flags(#[cfg(target_os = "linux")] IFlags, #[cfg(not(target_os = "linux"))] ());

/// The flags to copy. Not `IMMUTABLE` or `APPEND`: a file that has either cannot be replaced anyway.
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
    /// The flags, if the file system has any.
    #[cfg(target_os = "linux")]
    pub fn of(file: &File) -> Option<Self> {
        ioctl_getflags(file).ok().map(Self)
    }

    /// The flags, if the file system has any.
    #[cfg(not(target_os = "linux"))]
    pub fn of(_: &File) -> Option<Self> {
        None
    }

    /// Sets the flags on a new, empty file.
    ///
    /// # Errors
    /// If the file system refuses.
    #[cfg(target_os = "linux")]
    pub fn apply_to(self, new: &File) -> io::Result<()> {
        let Ok(now) = ioctl_getflags(new) else { return Ok(()) };
        let flags = now.difference(KEPT).union(self.0.intersection(KEPT));
        if flags == now { Ok(()) } else { Ok(ioctl_setflags(new, flags)?) }
    }

    /// Sets the flags on a new, empty file.
    ///
    /// # Errors
    /// If the file system refuses.
    #[cfg(not(target_os = "linux"))]
    pub fn apply_to(self, _: &File) -> io::Result<()> {
        Ok(())
    }
}
