//! Processes many slots, on two threads if there are enough of them. Can be stopped.

use std::ops::Range;

/// A function that returns whether to stop, because the result is no longer wanted.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// How many slots to process between two checks of `stop`.
const STOP_INTERVAL: usize = 64;

/// The slots to process.
#[derive(Debug, Clone)]
pub enum Slots<'a> {
    /// A contiguous range.
    All(Range<u32>),
    /// Individual slots, ascending.
    Some(&'a [u32]),
}

impl Slots<'_> {
    /// The number of slots.
    pub fn len(&self) -> usize {
        match self {
            Self::All(slots) => slots.len(),
            Self::Some(slots) => slots.len(),
        }
    }

    /// The first `count` slots, and the rest.
    pub fn split(self, count: usize) -> (Self, Self) {
        let count = count.min(self.len());
        match self {
            Self::All(slots) => {
                let middle = slots.end - (slots.len() - count) as u32;
                (Self::All(slots.start..middle), Self::All(middle..slots.end))
            }
            Self::Some(slots) => {
                let (first, rest) = slots.split_at(count);
                (Self::Some(first), Self::Some(rest))
            }
        }
    }

    fn get(&self, index: usize) -> u32 {
        match self {
            Self::All(slots) => slots.start + index as u32,
            Self::Some(slots) => slots[index],
        }
    }
}

/// Calls `work` for each slot; it appends to two lists, which are returned in slot order. `None` if stopped. With
/// `shared` slots or more, two threads share the work.
pub fn spread<A: Send, B: Send>(
    slots: Slots<'_>,
    shared: usize,
    stop: Stop<'_>,
    work: impl Fn(u32, &mut Vec<A>, &mut Vec<B>) + Sync,
) -> Option<(Vec<A>, Vec<B>)> {
    let part = |range: Range<usize>| {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for index in range {
            if index % STOP_INTERVAL == 0 && stop() {
                return None;
            }
            work(slots.get(index), &mut a, &mut b);
        }
        Some((a, b))
    };
    let (middle, count) = (slots.len() / 2, slots.len());
    if count < shared {
        return part(0..count);
    }
    std::thread::scope(|scope| {
        let second = scope.spawn(|| part(middle..count));
        let first = part(0..middle);
        let second = second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let ((mut a, mut b), (more_a, more_b)) = (first?, second?);
        a.extend(more_a);
        b.extend(more_b);
        Some((a, b))
    })
}
