//! Work on the parts of a large file, by all processors.

use std::num::NonZero;
use std::thread;

use super::LARGE;

/// Most threads: what a further one takes to start and to wait for is not worth its share.
const MOST: usize = 8;

/// What `work` makes of each share of the parts, in their order; a small file is one share. `end` says where
/// a part ends, in bytes from the start of the file. `progress` is told how many bytes are behind.
pub(super) fn in_parallel<P: Sync, T: Send>(
    parts: &[P],
    end: impl Fn(&P) -> usize,
    progress: &mut dyn FnMut(usize),
    work: impl Fn(&[P], &mut dyn FnMut(usize)) -> T + Sync,
) -> Vec<T> {
    let length = parts.last().map_or(0, &end);
    let threads = if length <= LARGE { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(MOST) };
    let mut shares: Vec<&[P]> = Vec::with_capacity(threads);
    let mut rest = parts;
    for number in 1..threads {
        let wanted = length / threads * number;
        let (share, behind) = rest.split_at(rest.partition_point(|part| end(part) <= wanted));
        shares.push(share);
        rest = behind;
    }
    shares.push(rest);
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = shares[1..].iter().map(|share| scope.spawn(move || work(share, &mut |_| {}))).collect();
        // The other threads are about as far with theirs.
        let mut made = vec![work(shares[0], &mut |bytes| progress(bytes.saturating_mul(threads).min(length)))];
        for other in others {
            match other.join() {
                Ok(other) => made.push(other),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    })
}
