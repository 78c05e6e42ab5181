//! Parses the tables `[keys.…]`: the keys of each action, by the contexts in which they work.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::former;
use super::problem::Fault;
use super::problem_list::{ProblemList, nearest};
use crate::app::keys::bindings::BINDINGS;
use crate::app::keys::context::Binding;
use crate::app::keys::keymap::{Clash, Keymap, Rebinding, Sequence};
use crate::say;
use crate::words::Language;

/// A rebinding, with the byte range of each key for error messages.
struct ParsedBinding {
    rebinding: Rebinding,
    spans: Vec<Range<usize>>,
}

/// The default keymap with the user's keys.
pub(super) fn read(tables: &DeTable<'_>, faults: &mut ProblemList<'_>) -> Keymap {
    let mut written = Vec::new();
    for (places, table) in tables {
        let Some(actions) = table.get_ref().as_table() else {
            faults.add(table.span(), Fault::NoTable(format!("keys.{}", places.get_ref())));
            continue;
        };
        let current = renamed(places, &former::PLACES, "keys.", faults, &|name| known(name).next().is_some());
        let Some(current) = current else {
            faults.add(places.span(), unknown("keys.", places.get_ref(), BINDINGS.iter().map(Binding::places)));
            continue;
        };
        for (action, keys) in actions {
            let path = format!("keys.{}.", places.get_ref());
            let line = |name: &str| known(current).find(|&line| BINDINGS[line].action.name() == name);
            let name = renamed(action, &former::ACTIONS, &path, faults, &|name| line(name).is_some());
            match name.and_then(line) {
                Some(line) => written.extend(keys_of(line, &path, action, keys, faults)),
                None => {
                    let all = known(current).map(|line| BINDINGS[line].action.name());
                    faults.add(action.span(), unknown(&path, action.get_ref(), all));
                }
            }
        }
    }
    // Tables are sorted by name, but the first line in the file wins a clash.
    written.sort_by_key(|written| written.spans.first().map_or(0, |span| span.start));
    let rebindings: Vec<Rebinding> = written.iter().map(|written| written.rebinding.clone()).collect();
    let (keymap, clashes) = Keymap::with(&rebindings);
    for Clash { rebinding, key, kind } in clashes {
        let ParsedBinding { rebinding, spans } = &written[rebinding];
        let key_name = rebinding.keys[key].spelling();
        faults.add(spans[key].clone(), Fault::Clash { key: key_name, kind });
    }
    keymap
}

/// The indices in [`BINDINGS`] of the bindings with these contexts.
fn known(places: &str) -> impl Iterator<Item = usize> {
    (0..BINDINGS.len()).filter(move |&line| BINDINGS[line].places() == places)
}

/// The current name for a written one: the same if it is known, else its replacement, which is reported.
fn renamed<'a>(
    written: &'a Spanned<DeString<'_>>,
    former: &[(&str, &'static str)],
    path: &str,
    faults: &mut ProblemList<'_>,
    is_known: &dyn Fn(&str) -> bool,
) -> Option<&'a str> {
    let name: &str = written.get_ref();
    if is_known(name) {
        return Some(name);
    }
    let (_, new) = former.iter().find(|(former, new)| *former == name && is_known(new))?;
    faults.add(written.span(), Fault::Renamed { old: format!("{path}{name}"), new: (*new).to_owned() });
    Some(new)
}

/// Parses the keys of an action. Reports those that are no keys; if none is left, or if they are not strings, returns
/// `None`, to keep the default keys. An empty list leaves the action without a key.
fn keys_of(
    line: usize,
    table: &str,
    action: &Spanned<DeString<'_>>,
    keys: &Spanned<DeValue<'_>>,
    faults: &mut ProblemList<'_>,
) -> Option<ParsedBinding> {
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
    let is_meant_empty = listed.is_empty();
    let mut written = ParsedBinding { rebinding: Rebinding { line, keys: Vec::new() }, spans: Vec::new() };
    for (span, text) in listed {
        match text.parse::<Sequence>() {
            Ok(keys) => {
                written.rebinding.keys.push(keys);
                written.spans.push(span);
            }
            Err(wrong) => faults.add(span, Fault::NoKey(wrong)),
        }
    }
    Some(written).filter(|written| is_meant_empty || !written.rebinding.keys.is_empty())
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
        "# Keys. The tables below list every action with its default keys. To change the keys of an action,\n\
         # copy its line and the [table] line above it, and remove the #. The keys in the list replace\n\
         # the defaults, and any of them runs the action; an empty list leaves it without a key. Keys are\n\
         # written x, X, Space, Enter, Esc, Tab, Up, PgDn, F1, also with Ctrl- or Alt- in front; \"g g\"\n\
         # means two keys in a row.\n",
        "# 快捷键。下面按所在界面列出所有操作及其默认快捷键。要修改某个操作的快捷键，请复制它所在的一行\n\
         # 和上方的表名，并去掉开头的 #。列表中的任意一个键都能执行该操作，列表会替换默认快捷键；\n\
         # 空列表表示不设快捷键。按键写作 x、X、Space、Enter、Esc、Tab、Up、PgDn、F1，\n\
         # 可加前缀 Ctrl- 或 Alt-；\"g g\" 表示连续按两次 g。\n"
    );
    let mut places: Vec<&str> = Vec::new();
    for binding in BINDINGS.iter() {
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
