//! Shorthand for writing the key table.

use super::key::{Code, Key};

macro_rules! bind {
    ($contexts:ident, [$($key:expr),*], $action:expr, $about:literal / $about_zh:literal
        $(, $hint:literal / $hint_zh:literal)? $(,)?) => {
        crate::app::keys::context::Binding {
            keys: &[$($key),*],
            contexts: $contexts,
            action: $action,
            about: crate::words::Both::new($about, $about_zh),
            hint: crate::words::Both::new(concat!($($hint)?), concat!($($hint_zh)?)),
        }
    };
}

pub(in crate::app::keys) const fn char(c: char) -> Key {
    Key::char(c)
}

pub(in crate::app::keys) const fn ctrl(c: char) -> Key {
    Key::ctrl(c)
}

pub(in crate::app::keys) const fn key(code: Code) -> Key {
    Key::plain(code)
}

pub(in crate::app::keys) const fn ctrl_key(code: Code) -> Key {
    Key { code, ctrl: true, alt: false }
}

pub(in crate::app::keys) const fn alt(code: Code) -> Key {
    Key { code, ctrl: false, alt: true }
}

pub(in crate::app::keys) use bind;
