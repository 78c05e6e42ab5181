//! The user's day, which ends some hours after midnight.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate};

/// The hour at which a new day starts, from 0 to 23.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayStart(pub u8);

impl Default for DayStart {
    /// Four in the morning, as in Anki.
    fn default() -> Self {
        Self(4)
    }
}

impl DayStart {
    /// The user's day at a moment.
    ///
    /// Local time decides, so daylight saving neither skips a day nor counts one twice.
    pub fn day_of(self, now: DateTime<FixedOffset>) -> NaiveDate {
        let wall = now.naive_local();
        wall.checked_sub_signed(Duration::hours(i64::from(self.0))).unwrap_or(wall).date()
    }

    /// Time until the next day starts, if local time does not change before that.
    pub(crate) fn until_next(self, now: DateTime<FixedOffset>) -> Duration {
        let next = self.day_of(now).succ_opt().and_then(|day| day.and_hms_opt(u32::from(self.0), 0, 0));
        next.map_or(Duration::days(1), |next| next - now.naive_local())
    }
}

/// Days from one day to another; 0 if `to` is earlier, which happens when the clock is set back.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

/// The day `days` days later, but at most the last day that chrono supports.
pub(crate) fn later(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(moment: &str, wanted: &str) {
        let moment = DateTime::parse_from_rfc3339(moment).expect("a moment");
        assert_eq!(DayStart::default().day_of(moment).to_string(), wanted);
    }

    #[test]
    fn a_day_starts_at_four_local_time() {
        check("2031-05-17T03:59:59+08:00", "2031-05-16");
        check("2031-05-17T04:00:00+08:00", "2031-05-17");
        check("2031-05-17T23:00:00-11:00", "2031-05-17");
        // The nights on which the clocks go forward and back.
        check("2031-03-30T03:30:00+02:00", "2031-03-29");
        check("2031-10-26T02:30:00+02:00", "2031-10-25");
        check("2031-10-26T02:30:00+01:00", "2031-10-25");
    }

    #[test]
    fn the_time_until_the_next_day_is_computed() {
        let until = |moment| DayStart::default().until_next(DateTime::parse_from_rfc3339(moment).expect("a moment"));
        assert_eq!(until("2031-05-17T03:59:59+08:00"), Duration::seconds(1));
        assert_eq!(until("2031-05-17T04:00:00+08:00"), Duration::hours(24));
        assert_eq!(until("2031-05-17T23:00:00-11:00"), Duration::hours(5));
    }

    #[test]
    fn day_counts_are_never_negative() {
        let (first, second) = (NaiveDate::MIN, NaiveDate::MAX);
        assert_eq!(days_between(second, first), 0);
        assert_eq!(later(second, 1), second);
        assert_eq!(later(first, 365), NaiveDate::MIN + chrono::Days::new(365));
    }
}
