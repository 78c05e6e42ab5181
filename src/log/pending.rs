//! Headings that name the pending list, and those that name a list of papers already read.

use std::sync::LazyLock;

/// Names of the pending list, in the form made by [`plain`].
const PENDING: &[&str] = &[
    "pending",
    "pending reading",
    "todo",
    "to do",
    "to be done",
    "to read",
    "to be read",
    "to read next",
    "to review",
    "to read later",
    "still to read",
    "yet to read",
    "not yet read",
    "not read yet",
    "toread",
    "tbr",
    "read next",
    "reading next",
    "want to read",
    "should read",
    "have to read",
    "i have to read",
    "need to read",
    "i should read",
    "i want to read",
    "plan to read",
    "planned",
    "wish",
    "backlog",
    "reading backlog",
    "reading todo",
    "queue",
    "next",
    "next up",
    "up next",
    "upcoming",
    "unread",
    "future",
    "future reading",
    "future reads",
    "i will read",
    "i will read next",
    "ill read",
    "ill read next",
    "ill read later",
    "read later",
    "for later",
    "later",
    "待读",
    "待读的",
    "待阅读",
    "待办",
    "待办事项",
    "待做",
    "待看",
    "待读待看",
    "待学习",
    "待整理",
    "想读",
    "想读的",
    "想看",
    "想看的",
    "要读",
    "要读的",
    "要看",
    "要看的",
    "准备读",
    "准备看",
    "打算读",
    "计划读",
    "稍后读",
    "稍后阅读",
    "以后读",
    "未读",
    "未读的",
    "未阅读",
    "未看",
    "还没读",
    "还没看",
    "还未读",
    "没读",
    "没读的",
    "下一步阅读",
    "気になる",
    "気になった",
    "読みたい",
    "読みたいもの",
    "読む",
    "読むもの",
    "読む予定",
    "読む予定の",
    "読むべき",
    "これから読む",
    "次に読む",
    "あとで読む",
    "後で読む",
    "積読",
    "積ん読",
    "未読",
    "やること",
    "읽을",
    "읽을 것",
    "읽을거리",
    "읽을 거리",
    "읽어볼",
    "앞으로 읽을",
    "앞으로 읽을 것",
    "다음에 읽을",
    "나중에 읽을",
    "나중에 읽기",
    "읽고 싶은",
    "읽고싶은",
    "읽어야 할",
    "읽어야할",
    "읽을 예정",
    "읽지 않은",
    "안 읽은",
    "할 일",
    "할일",
];

/// Names of a pending list that can also be the title of a whole log.
const TITLES: &[&str] = &[
    "reading list",
    "reading queue",
    "my reading list",
    "paper reading list",
    "papers reading list",
    "阅读清单",
    "阅读列表",
    "阅读计划",
    "论文阅读清单",
    "论文阅读列表",
    "读书清单",
    "読書リスト",
    "リーディングリスト",
    "읽기 목록",
    "독서 목록",
];

/// Names of a list of papers already read.
const READ: &[&str] = &[
    "read",
    "done",
    "finished",
    "completed",
    "already read",
    "have read",
    "archive",
    "已读",
    "已看",
    "已完成",
    "读完",
    "読了",
    "既読",
    "読んだ",
    "읽음",
    "읽은",
    "다 읽은",
    "완료",
];

/// States of a paper that is unread or partly read, in addition to the names of lists.
const STATES: &[&str] = &[
    "reading",
    "currently reading",
    "in progress",
    "inprogress",
    "started",
    "ongoing",
    "not started",
    "not read",
    "not yet",
    "no",
    "open",
    "inbox",
    "new",
    "planned",
    "在读",
    "阅读中",
    "进行中",
    "未开始",
    "未完成",
    "否",
    "未着手",
    "保留",
    "読書中",
    "読み中",
    "読んでいる",
    "읽는 중",
    "읽는중",
    "진행중",
    "예정",
    "안읽음",
];

/// Signs of such a state in a cell.
const SIGNS: &[&str] = &["❌", "✗", "✘", "☐", "⬜", "[ ]", "🔘", "⏳"];

/// Names of the pending list that files and folders may also have for other reasons.
const VAGUE: &[&str] = &["next", "next up", "up next", "future", "later", "upcoming", "planned", "wish", "pending"];

/// Words before and after the name of a list that add nothing.
const AROUND: [&[&str]; 2] = [
    &[
        "my ",
        "the ",
        "list of ",
        "papers that ",
        "papers ",
        "paper ",
        "articles ",
        "things ",
        "论文",
        "文献",
        "論文",
        "논문 ",
        "之后",
        "以后",
        "接下来",
        "下次",
        "下周",
    ],
    &[
        " list",
        " lists",
        " papers",
        " paper",
        " articles",
        " items",
        " queue",
        " section",
        "list",
        "papers",
        "paper",
        "的论文",
        "论文",
        "文献",
        "文章",
        "清单",
        "列表",
        "部分",
        "リスト",
        "論文",
        " 논문",
        "논문",
        " 목록",
        "목록",
        " 리스트",
        "리스트",
    ],
];

/// A heading normalised for comparison: without punctuation, with spaces for hyphens, and without numbers before and
/// after.
fn plain(heading: &str) -> String {
    let words = super::normalise(heading);
    let signs: String = words
        .chars()
        .filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if matches!(c, '-' | '_') { ' ' } else { c })
        .collect();
    super::spaced(&signs).trim_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned()
}

/// Whether a name is in a list, with or without words that add nothing.
fn is_one_of(names: &[&str], name: &str) -> bool {
    let mut name = name;
    loop {
        if names.contains(&name) {
            return true;
        }
        let shorter = AROUND[0].iter().find_map(|word| name.strip_prefix(word));
        let shorter = shorter.or_else(|| AROUND[1].iter().find_map(|word| name.strip_suffix(word)));
        match shorter.map(str::trim).filter(|shorter| !shorter.is_empty()) {
            Some(shorter) => name = shorter,
            None => return false,
        }
    }
}

/// The first chars of all names and of the words before them, sorted.
static STARTS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let words = [PENDING, TITLES, READ, AROUND[0]].concat();
    let mut starts: Vec<char> = words.iter().filter_map(|word| word.chars().next()).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
});

/// A quick check that rejects most headings: whether the first letter is that of a name. It accepts every first letter
/// that [normalising](super::normalise) may change in other ways than to lower case.
fn may_be_name(heading: &str) -> bool {
    let is_letter = |c: &char| !c.is_ascii() || c.is_ascii_alphabetic();
    let mut letters = heading.chars().skip_while(|c| !is_letter(c));
    let Some(first) = letters.next() else { return false };
    let is_stable = first.is_ascii()
        || matches!(first, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}');
    let is_joined =
        matches!(letters.next(), Some('\u{300}'..='\u{36F}' | '\u{1100}'..='\u{11FF}' | '\u{3099}' | '\u{309A}'));
    !is_stable || is_joined || STARTS.binary_search(&first.to_ascii_lowercase()).is_ok()
}

/// The longest heading that can name a list, in bytes.
const LONGEST: usize = 80;

/// Separators between two names of one list.
const SEPARATORS: [char; 4] = ['/', '|', '·', '&'];

/// The most words in a heading that can name a list.
const WORDS: usize = 8;

/// A quick check that rejects most headings: whether one is too long, or starts like a date or unlike any name.
fn is_other(heading: &str) -> bool {
    let bytes = heading.as_bytes();
    let is_dated = || {
        let start = bytes.iter().position(|byte| !matches!(byte, b'#' | b' ')).unwrap_or(bytes.len());
        bytes.get(start..start + 4).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
    };
    bytes.len() > LONGEST
        || is_dated()
        || bytes.iter().filter(|byte| **byte == b' ').count() >= WORDS
        || !(may_be_name(heading) || ends_in_reading(heading))
}

/// A quick check that rejects most headings: whether one ends in `to read`.
fn ends_in_reading(heading: &str) -> bool {
    let name = heading.trim_end_matches([' ', ':']);
    let end = name.len().checked_sub("to read".len()).and_then(|at| name.get(at..));
    end.is_some_and(|end| end.eq_ignore_ascii_case("to read"))
}

/// Whether a heading opens a pending list.
pub fn is_list(heading: &str) -> bool {
    if is_other(heading) {
        return is_pile(heading);
    }
    let is_name = |part: &str| {
        let name = plain(part);
        // `Preliminary papers to read`
        let is_qualified = name.split_once(' ').is_some_and(|(_, rest)| rest == "papers to read");
        is_qualified || is_one_of(PENDING, &name) || TITLES.contains(&name.as_str())
    };
    if is_name(heading) {
        return true;
    }
    // The name may have a note in brackets after it, or be given in two languages.
    if let Some((name, note)) = bracketed(heading) {
        return is_pile(heading) || is_name(name) && !is_one_of(READ, &plain(note));
    }
    if !heading.contains(SEPARATORS) {
        return false;
    }
    let parts = || heading.split(SEPARATORS).filter(|part| !plain(part).is_empty());
    parts().count() > 1 && parts().all(is_name)
}

/// Whether the brackets at the end of a heading speak of a pile to be read: `Owls of 2031 (the papers to be read)`.
fn is_pile(heading: &str) -> bool {
    const PILES: [&str; 6] = ["pile", "stack", "list", "papers", "articles", "books"];
    // A quick check that rejects most headings.
    if !heading.ends_with([')', '）']) || heading.len() > 2 * LONGEST {
        return false;
    }
    let note = bracketed(heading).map_or_else(String::new, |(_, note)| plain(note));
    let before = note.strip_suffix(" to be read").or_else(|| note.strip_suffix(" to read"));
    before.and_then(|before| before.split(' ').next_back()).is_some_and(|last| PILES.contains(&last))
}

/// (heading, brackets at its end).
fn bracketed(heading: &str) -> Option<(&str, &str)> {
    let inside = heading.trim_end().strip_suffix([')', '）', ']', '】'])?;
    let open = inside.rfind(['(', '（', '[', '【'])?;
    Some((&inside[..open], &inside[open..]))
}

/// Whether a status says that a paper is not read yet.
pub fn is_unread(status: &str) -> bool {
    SIGNS.contains(&status.trim()) || STATES.contains(&plain(status).as_str()) || is_list(status)
}

/// Whether the name of a file or of its folder says that the papers in it are not read yet.
pub fn is_path_of_list(path: &str) -> bool {
    names_in(path).any(is_sure_list)
}

/// The same if the name speaks of reading, `to-read.md`, rather than of any work.
pub fn is_path_of_papers(path: &str) -> bool {
    let speaks = |name: &&str| ["read", "读", "読", "읽"].iter().any(|word| name.to_lowercase().contains(word));
    names_in(path).filter(speaks).any(is_sure_list)
}

/// The name of a file without its extension, and that of its folder.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    [Some(stem), parts.next()].into_iter().flatten()
}

fn is_sure_list(name: &str) -> bool {
    let name = &parted(name);
    let name_alone = plain(name);
    is_list(name) && !TITLES.contains(&name_alone.as_str()) && !VAGUE.contains(&name_alone.as_str())
}

/// A name with spaces between its words: `ToReadList`.
fn parted(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let mut last = ' ';
    for c in name.chars() {
        if c.is_ascii_uppercase() && last.is_ascii_lowercase() {
            words.push(' ');
        }
        words.push(c);
        last = c;
    }
    words
}

/// Whether a heading that names the pending list can also be the title of a log.
pub fn may_be_title(heading: &str) -> bool {
    !is_other(heading) && TITLES.contains(&plain(heading).as_str())
}

/// Whether a heading says that the papers below it have been read.
pub fn is_read(heading: &str) -> bool {
    !is_other(heading) && is_one_of(READ, &plain(heading))
}

#[cfg(test)]
mod tests;
