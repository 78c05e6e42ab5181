//! Parses a settings file.

use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer};

use super::problem::{ConfigProblem, Fault};
use super::problem_list::{ProblemList, nearest};
use super::{Config, DEFAULTS, cause, former, keys};

/// Tables in which any key is allowed.
const OPEN: [&str; 1] = ["topics"];

/// Parses a settings file. Never fails: invalid parts are skipped and reported, in file order.
pub fn parse(text: &str) -> (Config, Vec<ConfigProblem>) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut faults = ProblemList { text, problems: Vec::new() };
    let (mut document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        faults.add(error.span().unwrap_or_default(), Fault::Syntax(first_line(error.message())));
    }
    let table = document.get_mut();
    let keymap = table.remove("keys").map(|tables| match tables.get_ref() {
        DeValue::Table(tables) => keys::read(tables, &mut faults),
        _ => {
            faults.add(tables.span(), Fault::NoTable("keys".to_owned()));
            super::Keymap::default()
        }
    });
    let defaults = DeTable::parse(DEFAULTS).map(toml::Spanned::into_inner).unwrap_or_default();
    rename_former(table, &mut faults);
    drop_unknown(table, &defaults, "", &mut faults);
    let config = loop {
        let error = match Config::deserialize(Deserializer::from(document.clone())) {
            Ok(config) => break config,
            Err(error) => error,
        };
        let span = error.span().unwrap_or_default();
        let cause = cause::plain(error.message());
        let Some(key) = remove_at(document.get_mut(), span.start, "") else {
            faults.add(span, Fault::Syntax(cause));
            break Config::default();
        };
        let default = default_of(&defaults, &key);
        faults.add(span, Fault::Value { key, cause, default });
    };
    let mut problems = faults.problems;
    problems.sort_by_key(|problem| (problem.line, problem.column));
    (Config { keymap: keymap.unwrap_or_default(), ..config }, problems)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Renames and reports keys with a former name. If the current name is set too, its value wins.
fn rename_former(table: &mut DeTable<'_>, faults: &mut ProblemList<'_>) {
    for (place, old, new) in former::SETTINGS {
        let (table, path) = match (place, table.get_mut(place).map(toml::Spanned::get_mut)) {
            ("", _) => (&mut *table, String::new()),
            (_, Some(DeValue::Table(table))) => (table, format!("{place}.")),
            _ => continue,
        };
        let Some((key, value)) = table.remove_entry(old) else { continue };
        faults.add(key.span(), Fault::Renamed { old: format!("{path}{old}"), new: new.to_owned() });
        if !table.contains_key(new) {
            table.insert(toml::Spanned::new(key.span(), new.into()), value);
        }
    }
}

/// Removes and reports keys that do not exist.
fn drop_unknown(table: &mut DeTable<'_>, known: &DeTable<'_>, path: &str, faults: &mut ProblemList<'_>) {
    let mut unknown = Vec::new();
    for (key, value) in table.iter_mut() {
        let name = format!("{path}{}", key.get_ref());
        match (known.get(&**key.get_ref()).map(toml::Spanned::get_ref), value.get_mut()) {
            (None, _) => {
                let near = nearest(key.get_ref(), known.keys().map(|key| &**key.get_ref()));
                let nearest = near.map(|near| format!("{path}{near}"));
                faults.add(key.span(), Fault::Unknown { key: name, nearest });
                unknown.push(key.get_ref().to_string());
            }
            (Some(DeValue::Table(known)), DeValue::Table(table)) if !OPEN.contains(&name.as_str()) => {
                drop_unknown(table, known, &format!("{name}."), faults);
            }
            _ => {}
        }
    }
    for key in unknown {
        table.remove(key.as_str());
    }
}

/// Removes the innermost key at a byte offset, and returns its full name.
fn remove_at(table: &mut DeTable<'_>, at: usize, path: &str) -> Option<String> {
    for (key, value) in table.iter_mut() {
        if let DeValue::Table(inner) = value.get_mut()
            && let Some(found) = remove_at(inner, at, &format!("{path}{}.", key.get_ref()))
        {
            return Some(found);
        }
    }
    let here = table.iter().find(|(key, value)| key.span().contains(&at) || value.span().contains(&at));
    let key = here.map(|(key, _)| key.get_ref().to_string())?;
    table.remove(key.as_str());
    Some(format!("{path}{key}"))
}

/// The default of a key, as written; `None` for user-defined keys and tables.
fn default_of(defaults: &DeTable<'_>, key: &str) -> Option<String> {
    let value = match key.split_once('.') {
        Some((table, key)) => defaults.get(table)?.get_ref().as_table()?.get(key)?,
        None => defaults.get(key)?,
    };
    let written = DEFAULTS.get(value.span()).filter(|_| !value.get_ref().is_table());
    written.map(str::to_owned)
}
