//! The same work for many slots, in two threads when it is much, ended when asked.

use std::ops::Range;

/// Says whether what is being looked for is no longer wanted.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// After how many slots the work asks whether to stop.
const OFTEN: usize = 64;

/// The slots that work is for.
#[derive(Debug, Clone)]
pub enum Slots<'a> {
    /// All in a row.
    All(Range<u32>),
    /// These.
    Some(&'a [u32]),
}

impl Slots<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::All(slots) => slots.len(),
            Self::Some(slots) => slots.len(),
        }
    }

    /// The first so many, and the rest.
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

/// Does `work` for each slot, which adds to two lists, and gives the lists as if the slots had
/// come one after the other; `None` when it was stopped. From `shared` slots on two threads
/// share them.
pub fn spread<A: Send, B: Send>(
    slots: Slots<'_>,
    shared: usize,
    stop: Stop<'_>,
    work: impl Fn(u32, &mut Vec<A>, &mut Vec<B>) + Sync,
) -> Option<(Vec<A>, Vec<B>)> {
    let part = |range: Range<usize>| {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for index in range {
            if index % OFTEN == 0 && stop() {
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
