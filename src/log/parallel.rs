//! Splits work on a large file among threads.

use std::num::NonZero;
use std::ops::Range;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Each thread gets at least this many bytes: for less, starting it takes longer than it saves.
const LEAST: usize = 256 << 10;
/// The maximum number of threads: starting more costs more than they contribute.
const MOST: usize = 8;

/// The number of threads that can run at once. Asked once: on Linux, asking reads several files.
static CORES: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// The number of threads for this many bytes.
pub(super) fn threads(bytes: usize) -> usize {
    CORES.min((bytes / LEAST).clamp(1, MOST))
}

/// Splits `parts` into consecutive shares of similar size, and returns the result of `work` for each share, in order; a
/// small file is a single share. `span` gives the bytes of a part in the file. `progress` is called with an estimate of
/// the byte up to which everything is done.
pub(super) fn in_parallel<'a, P: Sync, T: Send>(
    parts: &'a [P],
    span: impl Fn(&P) -> Range<usize>,
    progress: &mut dyn FnMut(usize),
    work: impl Fn(&'a [P], &mut dyn FnMut(usize)) -> T + Sync,
) -> Vec<T> {
    let start = parts.first().map_or(0, |part| span(part).start);
    let length = parts.last().map_or(0, |part| span(part).end.saturating_sub(start));
    let threads = threads(length);
    let mut shares: Vec<&'a [P]> = Vec::with_capacity(threads);
    let mut rest = parts;
    for number in 1..threads {
        let end = start + length / threads * number;
        let is_before = |part: &P| span(part).start.midpoint(span(part).end) < end;
        let (share, behind) = rest.split_at(rest.partition_point(is_before));
        shares.push(share);
        rest = behind;
    }
    shares.push(rest);
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = shares[1..].iter().map(|share| scope.spawn(move || work(share, &mut |_| {}))).collect();
        // Assume that the other threads are equally far.
        let told = |at: usize| start + at.saturating_sub(start).saturating_mul(threads).min(length);
        let mut made = vec![work(shares[0], &mut |at| progress(told(at)))];
        for other in others {
            match other.join() {
                Ok(other) => made.push(other),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    })
}

/// What `find` finds in the parts, in order; several threads search a large file.
pub(super) fn find_in_parallel<'a, P: Sync, T: Send>(
    parts: &'a [P],
    span: impl Fn(&P) -> Range<usize>,
    find: impl Fn(&'a P) -> Option<T> + Sync,
) -> Vec<T> {
    joined(in_parallel(parts, span, &mut |_| {}, |share, _| share.iter().filter_map(&find).collect::<Vec<T>>()))
}

/// The lists of all shares as one.
pub(super) fn joined<T>(shares: Vec<Vec<T>>) -> Vec<T> {
    let mut shares = shares.into_iter();
    let mut all = shares.next().unwrap_or_default();
    all.extend(shares.flatten());
    all
}

/// Runs `own` while another thread applies `work` to the parts; then this thread helps with the rest. Returns (result
/// of `own`, results of `work` in the order of the parts). Without `is_long`, everything runs on this thread.
pub(super) fn run_alongside<P: Sync, T: Send, O>(
    parts: &[P],
    is_long: bool,
    own: impl FnOnce() -> O,
    work: impl Fn(&P) -> T + Sync,
) -> (O, Vec<T>) {
    if !is_long || *CORES < 2 {
        return (own(), parts.iter().map(work).collect());
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = parts.get(at) else { return made };
            made.push((at, work(part)));
        }
    };
    let (own, mut made) = thread::scope(|scope| {
        let other = scope.spawn(take);
        let own = own();
        let mut made = take();
        match other.join() {
            Ok(others) => made.extend(others),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        (own, made)
    });
    made.sort_by_key(|(at, _)| *at);
    (own, made.into_iter().map(|(_, made)| made).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_input_order() {
        let parts: Vec<usize> = (0..100).collect();
        for is_long in [false, true] {
            let (own, made) = run_alongside(&parts, is_long, || "own", |part| part * 2);
            assert_eq!(own, "own");
            assert!(made.iter().enumerate().all(|(at, made)| *made == at * 2));
        }
    }

    #[test]
    fn parts_are_processed_in_order() {
        for length in [0, 1000, 30 * LEAST] {
            let parts: Vec<usize> = (0..=length).step_by(1000).collect();
            let mut told = vec![0];
            let work = |share: &[usize], progress: &mut dyn FnMut(usize)| {
                share.iter().for_each(|&at| progress(at));
                share.to_vec()
            };
            let made = in_parallel(&parts, |&at| at..at + 1000, &mut |at| told.push(at), work);
            assert_eq!(made.concat(), parts);
            assert!(told.is_sorted() && told.iter().all(|&at| at <= length + 1000));
        }
    }
}
