//! The tables `[keys.PLACES]`: which keys run which action where.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::problem::Fault;
use super::problem_list::{ProblemList, nearest};
use crate::app::keys::bindings::BINDINGS;
use crate::app::keys::context::Binding;
use crate::app::keys::keymap::{Clash, Keymap, Rebinding, Sequence};
use crate::say;
use crate::words::Language;

/// A rebinding, with the byte range of each key for error messages.
struct Written {
    rebinding: Rebinding,
    spans: Vec<Range<usize>>,
}

/// The default keymap with the user's keys.
pub(super) fn read(tables: &DeTable<'_>, faults: &mut ProblemList<'_>) -> Keymap {
    let mut written = Vec::new();
    for (places, table) in tables {
        let Some(actions) = table.get_ref().as_table() else {
            faults.add(table.span(), Fault::NoKeys(format!("keys.{}", places.get_ref())));
            continue;
        };
        let known: Vec<&Binding> = BINDINGS.iter().filter(|binding| binding.places() == places.get_ref()).collect();
        if known.is_empty() {
            let all = BINDINGS.iter().map(Binding::places);
            faults.add(places.span(), unknown("keys.", places.get_ref(), all));
            continue;
        }
        for (action, keys) in actions {
            let line = BINDINGS
                .iter()
                .position(|binding| (binding.places(), binding.action.name()) == (places.get_ref(), action.get_ref()));
            let name = format!("keys.{}.", places.get_ref());
            match line {
                Some(line) => written.extend(keys_of(line, &name, action, keys, faults)),
                None => {
                    let all = known.iter().map(|binding| binding.action.name());
                    faults.add(action.span(), unknown(&name, action.get_ref(), all));
                }
            }
        }
    }
    // Tables are sorted by name, but the first line in the file wins a clash.
    written.sort_by_key(|written| written.spans.first().map_or(0, |span| span.start));
    let rebindings: Vec<Rebinding> = written.iter().map(|written| written.rebinding.clone()).collect();
    let (keymap, clashes) = Keymap::with(&rebindings);
    for Clash { rebinding, key, fault } in clashes {
        let Written { rebinding, spans } = &written[rebinding];
        let key_name = rebinding.keys[key].spelling();
        faults.add(spans[key].clone(), Fault::Clash { key: key_name, fault });
    }
    keymap
}

/// Parses the keys of an action. `None` keeps its default keys, if they are not a list of strings.
fn keys_of(
    line: usize,
    table: &str,
    action: &Spanned<DeString<'_>>,
    keys: &Spanned<DeValue<'_>>,
    faults: &mut ProblemList<'_>,
) -> Option<Written> {
    let one = std::slice::from_ref(keys);
    let listed: Option<Vec<(Range<usize>, &str)>> = match keys.get_ref() {
        DeValue::String(_) => one.iter().map(text).collect(),
        DeValue::Array(keys) => keys.iter().map(text).collect(),
        _ => None,
    };
    let Some(listed) = listed else {
        faults.add(keys.span(), Fault::NoKeys(format!("{table}{}", action.get_ref())));
        return None;
    };
    let mut written = Written { rebinding: Rebinding { line, keys: Vec::new() }, spans: Vec::new() };
    for (span, text) in listed {
        match text.parse::<Sequence>() {
            Ok(keys) => {
                written.rebinding.keys.push(keys);
                written.spans.push(span);
            }
            Err(wrong) => faults.add(span, Fault::NoKey(wrong)),
        }
    }
    Some(written)
}

fn text<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<(Range<usize>, &'a str)> {
    Some((value.span(), value.get_ref().as_str()?))
}

fn unknown<'a>(table: &str, key: &str, all: impl Iterator<Item = &'a str>) -> Fault {
    Fault::Unknown { key: format!("{table}{key}"), nearest: nearest(key, all).map(|near| format!("{table}{near}")) }
}

/// All key bindings as commented-out TOML.
pub fn listed(language: Language) -> String {
    let mut text = say!(
        language,
        "# Keys: [keys.PLACES] with ACTION = [\"KEY\", \"KEYS IN SEQUENCE\"]. The keys replace the default\n\
         # keys of the action; an empty list removes them all. Letters are written as typed, other\n\
         # keys as Space, Enter, Esc, Tab, Up, PgDn, F1; prefix them with Ctrl- or Alt-.\n",
        "# 快捷键：在 [keys.位置] 下写 操作 = [\"键\", \"依次按下的几个键\"]，会替换该操作的默认快捷键；空列表\n\
         # 表示不设快捷键。字母照写，其他键写作 Space、Enter、Esc、Tab、Up、PgDn、F1，可加前缀 Ctrl- 或 Alt-。\n"
    );
    let mut places: Vec<&str> = Vec::new();
    for binding in BINDINGS {
        if !places.contains(&binding.places()) {
            places.push(binding.places());
        }
    }
    for places in places {
        text.push_str(&format!("\n# [keys.{places}]\n"));
        for binding in BINDINGS.iter().filter(|binding| binding.places() == places) {
            let keys: Vec<String> = binding.keys.iter().map(|key| toml_text(&key.spelling())).collect();
            let about = binding.about.get(language);
            text.push_str(&format!("# {} = [{}] # {about}\n", binding.action.name(), keys.join(", ")));
        }
    }
    text
}

/// Quotes a string for TOML.
fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
