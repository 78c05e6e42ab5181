//! Why a setting cannot take what is written, in Chinese: the reader of TOML says it in English,
//! in a few forms that are known.

/// The first line of a cause, without what is the reader's own affair.
pub(super) fn plain(message: &str) -> String {
    match message.lines().next().unwrap_or_default() {
        // A date where a table belongs is read as a table with a secret key.
        line if line.contains("$__toml_private") => "invalid type: datetime, expected a map".to_owned(),
        // A choice is read as a text, or as a table that holds one.
        "wanted string or table" => "invalid type, expected a string".to_owned(),
        line => line.to_owned(),
    }
}

/// A cause in Chinese; in the reader's own words where they are of no known form.
pub(super) fn chinese(cause: &str) -> String {
    if cause == super::value::UNCLOSED {
        return "其中的引号没有闭合".to_owned();
    }
    let Some((given, wanted)) = cause.rsplit_once(", expected ") else { return cause.to_owned() };
    let wanted = wanted_in(wanted);
    match given.split_once(": ") {
        Some(("invalid type" | "invalid value", given)) => format!("写的是{}，应为{wanted}", given_in(given)),
        _ => match given.strip_prefix("unknown variant ") {
            None if given == "invalid type" => format!("应为{wanted}"),
            Some(given) => format!("没有 {given} 这个选项，应为{wanted}"),
            None => cause.to_owned(),
        },
    }
}

/// What was written: its kind and the value.
fn given_in(given: &str) -> String {
    const KINDS: [(&str, &str); 7] = [
        ("string", "文字"),
        ("integer", "整数"),
        ("floating point", "小数"),
        ("boolean", "真假值"),
        ("sequence", "列表"),
        ("map", "表"),
        ("datetime", "日期"),
    ];
    let kind = KINDS.into_iter().find(|(kind, _)| given.starts_with(kind));
    kind.map_or_else(|| given.to_owned(), |(kind, name)| format!("{name}{}", &given[kind.len()..]))
}

/// What belongs there.
fn wanted_in(wanted: &str) -> String {
    if let Some((least, most)) = wanted.strip_prefix("a number from ").and_then(|range| range.split_once(" to ")) {
        return format!(" {least} 到 {most} 之间的数");
    }
    if let Some(choices) = wanted.strip_prefix("one of ") {
        return format!(" {}", choices.replace(", ", "、"));
    }
    if wanted.contains("` or `") {
        return format!(" {}", wanted.replace("` or `", "` 或 `"));
    }
    match wanted {
        "a boolean" => " true 或 false",
        "a string" => "文字",
        "i64" | "u16" | "an integer" => "整数",
        "f64" | "f32" => "数",
        "a sequence" => "列表",
        "a map" => "表",
        _ if wanted.starts_with("struct ") => "表",
        _ => wanted,
    }
    .to_owned()
}
