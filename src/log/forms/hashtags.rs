//! Hashtags in a text: `#topic`, `#topic/part`.

/// The most tags for a file.
const MOST: usize = 100;

/// The tags without `#`, in order, without repetitions. Code and numbers are skipped.
pub fn find(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let mut fence = None;
    for line in text.lines() {
        let start = line.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|sign| start.starts_with(sign));
        match (fence, sign) {
            (None, Some(sign)) => fence = Some(sign),
            (Some(open), Some(sign)) if open == sign => fence = None,
            _ => {}
        }
        if fence.is_some() || sign.is_some() || !line.contains('#') {
            continue;
        }
        for tag in in_line(line) {
            if tags.len() < MOST && !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
    }
    tags
}

fn in_line(line: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    let mut before = [' '; 2];
    let has_colours = line.contains("color");
    line.char_indices().filter_map(move |(at, c)| {
        // `](#emus)` leads to a heading.
        let opens =
            before[1].is_whitespace() || matches!(before[1], '(' | '（' | '，' | '。' | '、') && before[0] != ']';
        before = [before[1], c];
        is_code ^= c == '`';
        if c != '#' || !opens || is_code {
            return None;
        }
        first(&line[at..]).filter(|tag| !(has_colours && is_hex(tag)))
    })
}

/// The tag at the start of a text, without `#`.
pub fn first(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    let rest = text.strip_prefix('#')?;
    let tag = &rest[..rest.find(|c: char| !is_part(c)).unwrap_or(rest.len())];
    let tag = tag.trim_end_matches(['/', '-']);
    (tag.contains(char::is_alphabetic) && !is_colour(tag)).then_some(tag)
}

/// Whether a tag is a colour in HTML, such as `#FFFF00`.
fn is_colour(tag: &str) -> bool {
    is_hex(tag) && tag.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a tag has the form of a colour; `#bad` has it too.
fn is_hex(tag: &str) -> bool {
    matches!(tag.len(), 3 | 6 | 8) && tag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_stand_alone_and_are_no_code() {
        let text = "# Emus\n\n#birds and (#topic/run-ing, #birds) a#b #1 `#code` x.html#y #FFFF00 #bad [z](#emus) \\#z #鸟/大\n```\n#fenced\n```\n#last/\n## Head\n<p style=\"color: #bad\">\n";
        assert_eq!(find(text), ["birds", "topic/run-ing", "bad", "鸟/大", "last"]);
    }
}
