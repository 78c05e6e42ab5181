//! Translates the `toml` crate's errors about values into Chinese. The crate writes them in English, in a few known
//! forms.

/// The first line of an error, without internals of the `toml` crate.
pub(super) fn plain(message: &str) -> String {
    match message.lines().next().unwrap_or_default() {
        // The crate reads a datetime as a table with a private key.
        line if line.contains("$__toml_private") => "invalid type: datetime, expected a map".to_owned(),
        // An enum may be a string, or a table with one key.
        "wanted string or table" => "invalid type, expected a string".to_owned(),
        line => line.to_owned(),
    }
}

/// An error in English, about a setting: what its value must be. Unknown forms stay as they are. `is_list` if the setting
/// is a list.
pub(super) fn english(key: &str, cause: &str, is_list: bool) -> String {
    let wanted = match cause.rsplit_once(", expected ") {
        Some((_, "a sequence")) => match quoted(cause) {
            Some(text) => format!("a list, such as [{text}]"),
            None => "a list".to_owned(),
        },
        Some((given, wanted)) if given.starts_with("invalid ") || given.starts_with("unknown variant ") => {
            must_be(wanted)
        }
        _ => return format!("{key}: {cause}"),
    };
    let is_item = is_list && !cause.ends_with(", expected a sequence");
    if is_item { format!("each item of {key} must be {wanted}") } else { format!("{key} must be {wanted}") }
}

/// The string that was given, in quotes, if it was one.
fn quoted(cause: &str) -> Option<&str> {
    cause.strip_prefix("invalid type: string ")?.strip_suffix(", expected a sequence")
}

/// The type, range or choices that were expected.
fn must_be(wanted: &str) -> String {
    let choices = wanted.strip_prefix("one of ").unwrap_or(wanted);
    if choices.starts_with('`') {
        let choices = choices.replace('`', "").replace(" or ", ", ");
        return choices.rsplit_once(", ").map_or_else(|| choices.clone(), |(some, last)| format!("{some} or {last}"));
    }
    match wanted {
        "a boolean" => "true or false",
        "a string" => "text in quotes",
        "i64" | "u16" | "an integer" => "a whole number",
        "f64" | "f32" => "a number",
        "a map" => "a table",
        _ if wanted.starts_with("struct ") => "a table",
        _ => wanted,
    }
    .to_owned()
}

/// An error in Chinese; unknown forms stay in English.
pub(super) fn chinese(cause: &str) -> String {
    if cause == super::value::UNCLOSED {
        return "引号没有闭合".to_owned();
    }
    if let Some(text) = quoted(cause) {
        return format!("应写成列表，如 [{text}]");
    }
    let Some((given, wanted)) = cause.rsplit_once(", expected ") else { return cause.to_owned() };
    let wanted = wanted_in(wanted);
    match given.split_once(": ") {
        Some(("invalid type" | "invalid value", given)) => format!("值是{}，应为{wanted}", given_in(given)),
        _ => match given.strip_prefix("unknown variant ") {
            None if given == "invalid type" => format!("应为{wanted}"),
            Some(given) => format!("没有 {given} 这个选项，应为{wanted}"),
            None => cause.to_owned(),
        },
    }
}

/// The value that was given, with its type.
fn given_in(given: &str) -> String {
    const KINDS: [(&str, &str); 7] = [
        ("string", "字符串"),
        ("integer", "整数"),
        ("floating point", "小数"),
        ("boolean", "布尔值"),
        ("sequence", "列表"),
        ("map", "表"),
        ("datetime", "日期"),
    ];
    let kind = KINDS.into_iter().find(|(kind, _)| given.starts_with(kind));
    kind.map_or_else(|| format!(" {given}"), |(kind, name)| format!("{name}{}", &given[kind.len()..]))
}

/// The type or range that was expected.
fn wanted_in(wanted: &str) -> String {
    if let Some((least, most)) = wanted.strip_prefix("a number from ").and_then(|range| range.split_once(" to ")) {
        return format!(" {least} 到 {most} 之间的数字");
    }
    if let Some(choices) = wanted.strip_prefix("one of ") {
        return format!(" {}", choices.replace(", ", "、"));
    }
    if wanted.contains("` or `") {
        return format!(" {}", wanted.replace("` or `", "` 或 `"));
    }
    match wanted {
        "a boolean" => " true 或 false",
        "a string" => "字符串",
        "i64" | "u16" | "an integer" => "整数",
        "f64" | "f32" => "数字",
        "a sequence" => "列表",
        "a map" => "表",
        _ if wanted.starts_with("struct ") => "表",
        _ => wanted,
    }
    .to_owned()
}
