//! Copies the metadata of a file: owner, mode and extended attributes.

use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Gid, Uid, XattrFlags, fchown, fsetxattr, getxattr, getxattr_query, listxattr, listxattr_query};
use rustix::io::Errno;

/// Copies the owner, extended attributes (access lists among them) and mode of the file at `old`. Does not open
/// `old`, because our own watch would report that.
///
/// # Errors
/// If any of this cannot be copied. `new` must then not replace `old`.
pub fn copy(old: &Path, new: &File) -> io::Result<()> {
    let (from, to) = (std::fs::metadata(old)?, new.metadata()?);
    if (from.uid(), from.gid()) != (to.uid(), to.gid()) {
        fchown(new, Some(Uid::from_raw(from.uid())), Some(Gid::from_raw(from.gid())))?;
    }
    for name in names(old)? {
        let mut value = vec![0; getxattr_query(old, name.as_slice())?];
        let length = getxattr(old, name.as_slice(), value.as_mut_slice())?;
        fsetxattr(new, name.as_slice(), &value[..length], XattrFlags::empty())?;
    }
    // Last, because changing the owner clears the setuid bits.
    new.set_permissions(from.permissions())
}

/// The names of a file's extended attributes, which include access lists.
fn names(file: &Path) -> io::Result<Vec<Vec<u8>>> {
    let mut list = match listxattr_query(file) {
        Err(Errno::NOTSUP) => return Ok(Vec::new()),
        length => vec![0; length?],
    };
    let length = listxattr(file, list.as_mut_slice())?;
    let names = list[..length].split(|&byte| byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(<[u8]>::to_vec).collect())
}
