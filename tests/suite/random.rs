//! Random numbers, the same in every run (xorshift).

/// A random number generator: its state, which must not be 0.
pub struct Dice(pub u64);

impl Dice {
    /// A random number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count.max(1) as u64).unwrap()
    }

    /// Picks one at random.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
