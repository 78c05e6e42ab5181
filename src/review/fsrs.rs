//! The FSRS-6 scheduler: a model of how memory fades and how grades change it.
//!
//! Formulas, names and default parameters come from “The Algorithm”, section FSRS-6, in the wiki of
//! open-spaced-repetition's `awesome-fsrs`. The order of `f32` operations and the limits follow the reference
//! implementation (the crate `fsrs`); the tests check every step against that crate.

use super::history::{Grade, ReviewLine};

/// The default parameters of FSRS-6, fitted to the reviews of many users.
const W: [f32; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// Minimum and maximum stability, in days.
const STABILITY: (f32, f32) = (0.001, 36_500.0);

/// Minimum and maximum difficulty.
const DIFFICULTY: (f32, f32) = (1.0, 10.0);

/// The state of the memory of one entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days until the recall probability falls to 90 %.
    pub stability: f32,
    /// How slowly the stability grows, from 1 to 10.
    pub difficulty: f32,
}

impl ReviewLine {
    /// The memory after the grade, as it was computed then.
    pub fn memory(&self) -> Memory {
        Memory { stability: self.stability, difficulty: self.difficulty }
    }
}

impl Memory {
    /// The memory after a first grade: `S₀(G) = w[G-1]`, `D₀(G) = w₄ - e^(w₅·(G-1)) + 1`.
    pub fn first(grade: Grade) -> Self {
        Self {
            stability: W[usize::from(grade.number()) - 1],
            difficulty: first_difficulty(grade).clamp(DIFFICULTY.0, DIFFICULTY.1),
        }
    }

    /// The memory after another grade, `elapsed` days after the last one.
    pub fn after(self, elapsed: u32, grade: Grade) -> Self {
        let recall = self.retrievability(elapsed);
        let stability = match (elapsed, grade) {
            (0, _) => self.stability * same_day_growth(self.stability, grade),
            (_, Grade::Again) => self.stability_after_lapse(recall),
            _ => self.stability * self.growth(recall, grade),
        };
        Self { stability: stability.clamp(STABILITY.0, STABILITY.1), difficulty: self.next_difficulty(grade) }
    }

    /// The recall probability after some days: `R = (1 + factor·t/S)^decay`, where `decay = -w₂₀` and
    /// `factor` makes `R(S) = 0.9`.
    pub(crate) fn retrievability(self, elapsed: u32) -> f32 {
        (elapsed as f32 / self.stability * factor() + 1.0).powf(-W[20])
    }

    /// Days until the recall probability falls to `retention`: `I = S/factor·(r^(1/decay) - 1)`.
    pub fn interval(self, retention: f32) -> f32 {
        self.stability / factor() * (retention.powf(1.0 / -W[20]) - 1.0)
    }

    /// The factor by which a successful recall multiplies the stability:
    /// `SInc = e^w₈·(11-D)·S^(-w₉)·(e^(w₁₀·(1-R)) - 1)·(w₁₅ if hard)·(w₁₆ if easy) + 1`.
    fn growth(self, recall: f32, grade: Grade) -> f32 {
        let hard = if grade == Grade::Hard { W[15] } else { 1.0 };
        let easy = if grade == Grade::Easy { W[16] } else { 1.0 };
        let by_recall = ((1.0 - recall) * W[10]).exp() - 1.0;
        W[8].exp() * (11.0 - self.difficulty) * self.stability.powf(-W[9]) * by_recall * hard * easy + 1.0
    }

    /// The stability after forgetting: `S′ = w₁₁·D^(-w₁₂)·((S+1)^w₁₃ - 1)·e^(w₁₄·(1-R))`, but no more than
    /// `S / e^(w₁₇·w₁₈)`.
    fn stability_after_lapse(self, recall: f32) -> f32 {
        let lapsed = W[11]
            * self.difficulty.powf(-W[12])
            * ((self.stability + 1.0).powf(W[13]) - 1.0)
            * ((1.0 - recall) * W[14]).exp();
        lapsed.min(self.stability / (W[17] * W[18]).exp())
    }

    /// The difficulty after a grade: `D′ = D + (10-D)·ΔD/9` with `ΔD = -w₆·(G-3)`, then reverted towards `D₀(easy)`
    /// by `w₇`.
    fn next_difficulty(self, grade: Grade) -> f32 {
        let change = -W[6] * (f32::from(grade.number()) - 3.0);
        let damped = self.difficulty + (10.0 - self.difficulty) * change / 9.0;
        (W[7] * (first_difficulty(Grade::Easy) - damped) + damped).clamp(DIFFICULTY.0, DIFFICULTY.1)
    }
}

fn first_difficulty(grade: Grade) -> f32 {
    W[4] - (W[5] * (f32::from(grade.number()) - 1.0)).exp() + 1.0
}

/// The factor for another grade on the same day: `SInc = e^(w₁₇·(G-3+w₁₈))·S^(-w₁₉)`, at least 1 unless the grade is
/// `Again`.
fn same_day_growth(stability: f32, grade: Grade) -> f32 {
    let growth = (W[17] * (f32::from(grade.number()) - 3.0 + W[18])).exp() * stability.powf(-W[19]);
    if grade == Grade::Again { growth } else { growth.max(1.0) }
}

/// The constant that makes `R(S) = 0.9`: `0.9^(1/decay) - 1`.
fn factor() -> f32 {
    (0.9_f32.ln() / -W[20]).exp() - 1.0
}
