//! Emoji shortcodes such as `:star:`.

/// Common shortcodes, sorted for binary search.
const NAMES: &[(&str, &str)] = &[
    ("+1", "👍"),
    ("-1", "👎"),
    ("100", "💯"),
    ("alarm_clock", "⏰"),
    ("apple", "🍎"),
    ("arrow_down", "⬇"),
    ("arrow_left", "⬅"),
    ("arrow_right", "➡"),
    ("arrow_up", "⬆"),
    ("ballot_box_with_check", "☑"),
    ("bangbang", "‼"),
    ("bar_chart", "📊"),
    ("bell", "🔔"),
    ("book", "📖"),
    ("bookmark", "🔖"),
    ("bookmark_tabs", "📑"),
    ("books", "📚"),
    ("boom", "💥"),
    ("brain", "🧠"),
    ("bug", "🐛"),
    ("bulb", "💡"),
    ("calendar", "📆"),
    ("camera", "📷"),
    ("chart_with_upwards_trend", "📈"),
    ("checkered_flag", "🏁"),
    ("clap", "👏"),
    ("clipboard", "📋"),
    ("clock1", "🕐"),
    ("cloud", "☁"),
    ("computer", "💻"),
    ("construction", "🚧"),
    ("crown", "👑"),
    ("cry", "😢"),
    ("date", "📅"),
    ("dizzy", "💫"),
    ("earth_asia", "🌏"),
    ("exclamation", "❗"),
    ("eyes", "👀"),
    ("file_folder", "📁"),
    ("fire", "🔥"),
    ("gem", "💎"),
    ("gift", "🎁"),
    ("globe_with_meridians", "🌐"),
    ("green_book", "📗"),
    ("grey_exclamation", "❕"),
    ("grey_question", "❔"),
    ("heart", "❤"),
    ("heavy_check_mark", "✔"),
    ("heavy_exclamation_mark", "❗"),
    ("heavy_multiplication_x", "✖"),
    ("heavy_plus_sign", "➕"),
    ("hourglass", "⌛"),
    ("hourglass_flowing_sand", "⏳"),
    ("information_source", "ℹ"),
    ("key", "🔑"),
    ("label", "🏷"),
    ("large_blue_circle", "🔵"),
    ("link", "🔗"),
    ("loudspeaker", "📢"),
    ("mag", "🔍"),
    ("mega", "📣"),
    ("memo", "📝"),
    ("milky_way", "🌌"),
    ("moneybag", "💰"),
    ("mortar_board", "🎓"),
    ("movie_camera", "🎥"),
    ("muscle", "💪"),
    ("new", "🆕"),
    ("newspaper", "📰"),
    ("no_entry", "⛔"),
    ("notebook", "📓"),
    ("ok", "🆗"),
    ("ok_hand", "👌"),
    ("open_book", "📖"),
    ("package", "📦"),
    ("page_facing_up", "📄"),
    ("page_with_curl", "📃"),
    ("paperclip", "📎"),
    ("pencil", "📝"),
    ("pencil2", "✏"),
    ("point_down", "👇"),
    ("point_left", "👈"),
    ("point_right", "👉"),
    ("point_up", "☝"),
    ("pray", "🙏"),
    ("pushpin", "📌"),
    ("question", "❓"),
    ("rainbow", "🌈"),
    ("red_circle", "🔴"),
    ("robot", "🤖"),
    ("rocket", "🚀"),
    ("round_pushpin", "📍"),
    ("scroll", "📜"),
    ("seedling", "🌱"),
    ("small_blue_diamond", "🔹"),
    ("small_orange_diamond", "🔸"),
    ("smile", "😄"),
    ("smiley", "😃"),
    ("sob", "😭"),
    ("sparkles", "✨"),
    ("speech_balloon", "💬"),
    ("star", "⭐"),
    ("star2", "🌟"),
    ("stuck_out_tongue", "😛"),
    ("sunglasses", "😎"),
    ("sunny", "☀"),
    ("sweat_smile", "😅"),
    ("tada", "🎉"),
    ("thinking", "🤔"),
    ("thumbsdown", "👎"),
    ("thumbsup", "👍"),
    ("triangular_flag_on_post", "🚩"),
    ("trophy", "🏆"),
    ("tv", "📺"),
    ("video_camera", "📹"),
    ("warning", "⚠"),
    ("wave", "👋"),
    ("white_check_mark", "✅"),
    ("white_circle", "⚪"),
    ("wrench", "🔧"),
    ("writing_hand", "✍"),
    ("x", "❌"),
    ("zap", "⚡"),
];

/// The longest shortcode, in bytes.
const LONGEST: usize = 24;

/// (length in bytes with colons, emoji) of the shortcode at byte `at`.
pub fn read(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let touches = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b':');
    let (before, bytes) = (at.checked_sub(1).map(|before| &text.as_bytes()[before]), &text.as_bytes()[at + 1..]);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    let length = bytes.iter().take(LONGEST + 1).take_while(|byte| is_part(byte)).count();
    if touches(before) || bytes.get(length) != Some(&b':') || touches(bytes.get(length + 1)) {
        return None;
    }
    let name = &text[at + 1..at + 1 + length];
    let found = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some((length + 2, NAMES[found].1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NAMES.iter().all(|(name, _)| name.len() <= LONGEST));
        let emoji = |text: &str| text.find(':').and_then(|at| read(text, at)).map(|found| found.1);
        assert_eq!(emoji("a :star: b"), Some("⭐"));
        assert_eq!(emoji("（:+1:）"), Some("👍"));
        for text in ["12:100:45", "std::x::y", ":emus:", ":star", ":", "::star:"] {
            assert_eq!(emoji(text), None, "{text}");
        }
    }
}
