//! What was guessed when a file was read.

use super::unread;
use crate::log::File;
use crate::log::date::sequence::Order;
use crate::log::forms::dates::{OrderGuess, OrderReason, Years};
use crate::say;
use crate::words::{Language, counted};

/// A guess. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guess {
    /// Whether the month comes before the day.
    Order(OrderGuess),
    /// This many dates take their year from a heading above.
    YearsAbove(usize),
    /// This many dates take their year from the file's name, folders or front matter.
    YearsOfFile(usize),
    /// This many dates take their year from dates nearby.
    YearsAround(usize),
    /// Days and months without a known year.
    NoYear {
        /// How many there are.
        count: usize,
        /// The first one's line.
        line: usize,
    },
    /// Text that should be a date but cannot be read as one.
    Unread {
        /// The text.
        text: String,
        /// Its line.
        line: usize,
    },
    /// Table rows without a date.
    Dateless {
        /// How many there are.
        count: usize,
        /// The first one's line.
        line: usize,
    },
    /// Lines that have the form of the titles but are probably not titles.
    Rejected {
        /// How many there are.
        count: usize,
        /// The first one's line.
        line: usize,
    },
}

pub(super) fn guesses(file: &File) -> Vec<Guess> {
    let reading = &file.reading;
    let mut guesses = Vec::new();
    guesses.extend(reading.order.map(Guess::Order));
    let Years { above, file: of_file, around } = reading.years;
    let years = [Guess::YearsAbove(above), Guess::YearsOfFile(of_file), Guess::YearsAround(around)];
    guesses.extend(years.into_iter().filter(|guess| guess.count() > 0));
    guesses.extend(unread(file).map(|(line, text)| Guess::Unread { text: text.to_owned(), line }));
    if let Some(&first) = reading.dateless.first() {
        guesses.push(Guess::Dateless { count: reading.dateless.len(), line: file.line_of(first) });
    }
    if let Some(&first) = reading.rejected.first() {
        guesses.push(Guess::Rejected { count: reading.rejected.len(), line: file.line_of(first) });
    }
    guesses
}

impl Guess {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Order(_) => "day-month-order",
            Self::YearsAbove(_) => "years-from-above",
            Self::YearsOfFile(_) => "years-from-file",
            Self::YearsAround(_) => "years-from-around",
            Self::NoYear { .. } => "unknown-year",
            Self::Unread { .. } => "unread-date",
            Self::Dateless { .. } => "row-without-date",
            Self::Rejected { .. } => "rejected-title",
        }
    }

    /// The line of the first occurrence; `None` if the guess concerns the whole file.
    pub fn line(&self) -> Option<usize> {
        match *self {
            Self::Order(_) | Self::YearsAbove(_) | Self::YearsOfFile(_) | Self::YearsAround(_) => None,
            Self::NoYear { line, .. }
            | Self::Unread { line, .. }
            | Self::Dateless { line, .. }
            | Self::Rejected { line, .. } => Some(line),
        }
    }

    /// The number of occurrences.
    pub fn count(&self) -> usize {
        match *self {
            Self::Order(_) | Self::Unread { .. } => 1,
            Self::YearsAbove(count)
            | Self::YearsOfFile(count)
            | Self::YearsAround(count)
            | Self::NoYear { count, .. }
            | Self::Dateless { count, .. }
            | Self::Rejected { count, .. } => count,
        }
    }

    /// One line for people. It quotes the log and is not escaped for the terminal.
    pub fn message(&self, language: Language) -> String {
        match self {
            Self::Order(guess) => order(*guess, language),
            Self::YearsAbove(count) => {
                let dates = counted(*count, "date takes its", "dates take their");
                say!(language, "{dates} year from a heading above", "{count} 个日期的年份取自上级标题")
            }
            Self::YearsOfFile(count) => {
                let dates = counted(*count, "date takes its", "dates take their");
                say!(
                    language,
                    "{dates} year from the file's name, folder or front matter",
                    "{count} 个日期的年份取自文件名、文件夹或 front matter"
                )
            }
            Self::YearsAround(count) => {
                let dates = counted(*count, "date takes its", "dates take their");
                say!(language, "{dates} year from dates nearby", "{count} 个日期的年份取自前后的日期")
            }
            Self::NoYear { count, line } => {
                let (dates, first) = (counted(*count, "date has", "dates have"), first_on(*count, *line));
                say!(
                    language,
                    "{dates} no year, {first}; add a heading with the year above it",
                    "第 {line} 行起有 {count} 个日期缺少年份；在其上方加一个带年份的标题即可"
                )
            }
            Self::Unread { text, line } => {
                say!(
                    language,
                    "“{text}” on line {line} cannot be read as a date",
                    "第 {line} 行的“{text}”无法识别为日期"
                )
            }
            Self::Dateless { count, line } => {
                let (rows, first) = (counted(*count, "row has", "rows have"), first_on(*count, *line));
                say!(language, "{rows} no date, {first}", "第 {line} 行起，表格中有 {count} 行没有日期")
            }
            Self::Rejected { count, line } => {
                let lines = counted(
                    *count,
                    "line looks like a title but probably is not",
                    "lines look like titles but probably are not",
                );
                let first = first_on(*count, *line);
                say!(language, "{lines}, {first}", "第 {line} 行起有 {count} 处写法像标题，但很可能不是")
            }
        }
    }
}

fn first_on(count: usize, line: usize) -> String {
    if count == 1 { format!("on line {line}") } else { format!("the first on line {line}") }
}

fn order(OrderGuess { order, reason }: OrderGuess, language: Language) -> String {
    let (first, last) = match order {
        Order::MonthFirst => language.pick(("month", "day"), ("月", "日")),
        Order::DayFirst => language.pick(("day", "month"), ("日", "月")),
    };
    match reason {
        OrderReason::Siblings => say!(
            language,
            "assuming the {first} comes before the {last}, as in the files beside this one",
            "假定日期按“{first}/{last}”的顺序写，与同一文件夹中的其他文件一致"
        ),
        OrderReason::Sorted => say!(
            language,
            "assuming the {first} comes before the {last}, because then the dates are in order",
            "假定日期按“{first}/{last}”的顺序写，因为这样日期才按时间顺序排列"
        ),
        OrderReason::Language => say!(
            language,
            "assuming the {first} comes before the {last}, as is usual in the language of the text",
            "假定日期按“{first}/{last}”的顺序写，与正文语言的习惯一致"
        ),
        OrderReason::Usual => {
            say!(
                language,
                "assuming the {first} comes before the {last}; nothing in the file confirms it",
                "假定日期按“{first}/{last}”的顺序写；文件中没有依据"
            )
        }
    }
}
