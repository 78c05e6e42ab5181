//! Spreads intervals a little, so that entries first reviewed on the same day do not stay due together forever.
//!
//! The ranges are those of Anki and of the FSRS project's schedulers (py-fsrs, ts-fsrs). The offset comes from a
//! seed, so that a grade gives exactly the interval that was shown for it, and replaying the history gives the same
//! result.

/// The longest interval in days: a hundred years.
pub(crate) const LONGEST: u32 = 36_500;

/// Ranges of intervals: (start, end, part), in days. An interval is spread by one day on either side, plus `part` days
/// for each of its days that lies in a range. Intervals below the first range are not spread.
const RANGES: [(f32, f32, f32); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f32::MAX, 0.05)];

/// Spreads an exact interval in days; returns whole days from 1 to [`LONGEST`].
///
/// With the same seed, the result never decreases as `exact` grows.
pub fn spread(exact: f32, seed: u64) -> u32 {
    let exact = exact.clamp(1.0, LONGEST as f32);
    let width = width(exact);
    let (low, high) = (whole(exact - width), whole(exact + width));
    // The top 24 bits as a number in [0, 1), which f32 represents exactly.
    let place = (seed >> 40) as f32 / (1_u32 << 24) as f32;
    let days = low as f32 + place * (high - low + 1) as f32;
    (days as u32).clamp(low, high)
}

/// The largest deviation from an exact interval, in days.
fn width(exact: f32) -> f32 {
    if exact < RANGES[0].0 {
        return 0.0;
    }
    RANGES.iter().fold(1.0, |width, (start, end, part)| width + part * (exact.min(*end) - start).max(0.0))
}

fn whole(days: f32) -> u32 {
    (days.round() as u32).clamp(1, LONGEST)
}

/// The seed for a card's next interval, from its key and number of grades. Hashes with 64-bit FNV-1a, then applies
/// the SplitMix64 finaliser, so that the upper bits, which [`spread`] uses, are evenly distributed.
pub fn seed(key: &str, grades: usize) -> u64 {
    let hash = key
        .bytes()
        .chain((grades as u64).to_le_bytes())
        .fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_intervals_stay_and_long_ones_spread() {
        let of = |exact| (spread(exact, 0), spread(exact, u64::MAX));
        assert_eq!(of(0.2), (1, 1));
        assert_eq!(of(2.4), (2, 2));
        // 1 + 0.15·(4 - 2.5) = 1.225 days on either side.
        assert_eq!(of(4.0), (3, 5));
        // 1 + 0.15·4.5 + 0.1·3 = 1.975.
        assert_eq!(of(10.0), (8, 12));
        // 1 + 0.675 + 1.3 + 0.05·80 = 6.975.
        assert_eq!(of(100.0), (93, 107));
        assert_eq!(spread(f32::INFINITY, 0), spread(36_500.0, 0));
        assert_eq!(spread(f32::INFINITY, u64::MAX), LONGEST);
        assert_eq!(spread(f32::NAN, 0), 1);
    }

    #[test]
    fn every_day_of_the_range_is_possible() {
        let drawn: std::collections::BTreeSet<u32> = (0..200).map(|grades| spread(10.0, seed("emu", grades))).collect();
        assert_eq!(drawn, (8..=12).collect());
    }

    #[test]
    fn a_longer_interval_stays_longer() {
        for grades in 0..50 {
            let seed = seed("owl", grades);
            let days: Vec<u32> = (0..4000).map(|tenth| spread(tenth as f32 / 10.0, seed)).collect();
            assert!(days.is_sorted());
        }
    }
}
