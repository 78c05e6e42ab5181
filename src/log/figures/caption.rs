//! Finds the captions of figures: the line above, or the alternative text.

use crate::text::width;

/// Longest caption that has a colon, in chars.
const CAPTION: usize = 60;
/// Widest caption that has no colon, in columns.
const PARAGRAPH: usize = 60;

/// The last line of `above`, if it is a caption: it must be short, and either have a colon (`结构：`, `图二：训练方式`)
/// or be a paragraph of its own. Text on the figure's own line is a caption only with a colon (`结构：<img …>`); a title
/// in `《》` never is.
pub(super) fn caption(above: &str, is_below_another: bool) -> Option<String> {
    let said = above.trim_end();
    let start = said.rfind('\n').map_or(0, |newline| newline + 1);
    let (before, line) = (&said[..start], said[start..].trim());
    if line.is_empty() || is_of_another_kind(line) {
        return None;
    }
    let is_paragraph = || {
        // A sentence that begins the text is about the paper.
        let is_first = !is_below_another && before.trim().is_empty();
        if is_first && line.ends_with(['.', '。']) {
            return false;
        }
        let begins = before.lines().next_back().map_or(!is_below_another, |line| line.trim().is_empty());
        begins && above[said.len()..].contains('\n') && width(line) <= PARAGRAPH && line.contains(char::is_alphanumeric)
    };
    let is_caption = line.contains(['：', ':']) && line.chars().count() <= CAPTION || is_paragraph();
    is_caption.then(|| line.replace("**", ""))
}

/// The alternative text of a Markdown image, `![Emus at work](emu.png)`, if it is a caption: of several words, and not what
/// programs fill in.
pub(super) fn alternative(image: &str) -> Option<String> {
    const FILLED_IN: [&str; 8] =
        ["alt text", "image", "img", "pasted", "screenshot", "screen shot", "untitled", "在这里插入图片描述"];
    let (text, _) = image.strip_prefix("![")?.split_once("](")?;
    // Obsidian writes the size behind a bar.
    let is_size = |size: &str| size.chars().all(|c| c.is_ascii_digit() || c == 'x');
    let text = text.rsplit_once('|').filter(|(_, size)| is_size(size)).map_or(text, |(text, _)| text).trim();
    let lower = text.to_lowercase();
    let is_long = text.split_whitespace().nth(1).is_some() || text.chars().filter(|c| !c.is_ascii()).count() > 3;
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"].iter().any(|ending| lower.ends_with(ending));
    let is_filled_in =
        |start: &&str| lower.strip_prefix(*start).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let is_caption = is_long && !is_file && !FILLED_IN.iter().any(is_filled_in);
    is_caption.then(|| text.replace("**", ""))
}

/// Whether a line cannot be a caption: a title, an item, a heading, a quote, a table row, a tag or a fence, or a line
/// with a URL.
fn is_of_another_kind(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < line.len() && number.starts_with([')', '.', '、']);
    is_numbered
        || line.starts_with('《') && line.ends_with('》')
        || ["- ", "* ", "+ ", ":::", "<", "|", "#", ">", "```", "~~~"].iter().any(|sign| line.starts_with(sign))
        || line.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alternative_text_is_a_caption_if_someone_wrote_it() {
        for (image, wanted) in [
            ("![Emus at work](a.png)", Some("Emus at work")),
            ("![Emus at work|300](a.png)", Some("Emus at work")),
            ("![鸸鹋的结构](a.png)", Some("鸸鹋的结构")),
            ("![p(x|y) of emus](a.png)", Some("p(x|y) of emus")),
            ("![ImageEmu at work](a.png)", Some("ImageEmu at work")),
            ("![emu](a.png)", None),
            ("![](a.png)", None),
            ("![alt text](a.png)", None),
            ("![my emu.png](a.png)", None),
            ("![image 2031](a.png)", None),
            ("![在这里插入图片描述](a.png)", None),
            ("<img alt=\"![x y](z)\">", None),
        ] {
            assert_eq!(alternative(image).as_deref(), wanted, "{image}");
        }
    }

    #[test]
    fn a_short_paragraph_above_is_the_caption() {
        let first = |above: &str| caption(above, false);
        let below = |above: &str| caption(above, true);
        assert_eq!(first("They run.\n\n结构：\n\n").as_deref(), Some("结构："));
        assert_eq!(first("They run.\r\n\r\n**Emus** at work\r\n\r\n").as_deref(), Some("Emus at work"));
        assert_eq!(first("\nEmus at work\n\n").as_deref(), Some("Emus at work"));
        assert_eq!(below("\n\n跑得快。\n\n").as_deref(), Some("跑得快。"));
        assert_eq!(below(" and text\n\n"), None);
        assert_eq!(below("\n"), None);
        assert_eq!(first("A first line,\nand a second\n\n"), None);
        assert_eq!(first("\nThey run.\n\n"), None, "about the paper");
        assert_eq!(first("\nEmus "), None, "on the line of the figure");
        assert_eq!(first("\n结构：").as_deref(), Some("结构："), "on the line of the figure");
        assert_eq!(first(&format!("\n{}\n\n", "跑得快".repeat(11))), None);
        for line in ["《Emus: Birds》", "- Emus", "1. Emus", "## Emus", "> Emus", "```", "https://x.org", "---"] {
            assert_eq!(first(&format!("\n{line}\n\n")), None, "{line}");
        }
    }
}
