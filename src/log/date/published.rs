//! The date of publication in the first line of an entry.

use super::heading::{Parts, number, small_number, year};

/// A date of publication, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

impl Published {
    /// A publication date of which only the year is known.
    pub fn in_year(year: u32) -> Self {
        Self { year: u16::try_from(year).unwrap_or(u16::MAX), month: None, day: None }
    }

    /// For display: `2031.5`.
    pub fn shown(self) -> String {
        let month = self.month.map(u16::from);
        let parts = [Some(self.year), month, self.day.filter(|_| month.is_some()).map(u16::from)];
        parts.into_iter().flatten().map(|part| part.to_string()).collect::<Vec<_>>().join(".")
    }

    /// Reads the start of an entry's first line: `2023.10 …`, `2023.12.6 …`, `2021年…`.
    ///
    /// Years further on in the line are not dates of publication.
    pub fn read(line: &str) -> Option<Self> {
        let (digits, rest) = number(line.trim_start())?;
        let year = year(digits)?;
        let (month, rest) = part(rest, 12);
        let (day, _) = if month.is_some() { part(rest, 31) } else { (None, rest) };
        let day = day.filter(|&day| (Parts { year, month: month.unwrap_or(1), day }).date().is_some());
        let short = |part: u32| u8::try_from(part).ok();
        Some(Self { month: month.and_then(short), day: day.and_then(short), ..Self::in_year(year) })
    }
}

fn part(text: &str, most: u32) -> (Option<u32>, &str) {
    let found = text.strip_prefix('.').and_then(small_number).filter(|(value, _)| (1..=most).contains(value));
    found.map_or((None, text), |(value, rest)| (Some(value), rest))
}

impl std::fmt::Display for Published {
    /// The ISO form: `2023`, `2023-10` or `2023-10-06`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published() {
        let read = |line: &str| Published::read(line).map(|found| found.to_string());
        assert_eq!(read("2031.10 的一篇文章").as_deref(), Some("2031-10"));
        assert_eq!(read("    2031年").as_deref(), Some("2031"));
        assert_eq!(read("2031.12.6 发布").as_deref(), Some("2031-12-06"));
        assert_eq!(read("2031.45 loss").as_deref(), Some("2031"));
        assert_eq!(read("发布于 2031 年"), None);
        assert_eq!(read("16384 tokens"), None);
    }
}
