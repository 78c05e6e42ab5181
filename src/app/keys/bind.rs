//! Shorthand for writing the key table.

use super::key::{Code, KeyPress};

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

pub(in crate::app::keys) const fn char(c: char) -> KeyPress {
    KeyPress::char(c)
}

pub(in crate::app::keys) const fn ctrl(c: char) -> KeyPress {
    KeyPress::ctrl(c)
}

pub(in crate::app::keys) const fn key(code: Code) -> KeyPress {
    KeyPress::plain(code)
}

pub(in crate::app::keys) const fn ctrl_key(code: Code) -> KeyPress {
    KeyPress { code, ctrl: true, alt: false }
}

pub(in crate::app::keys) const fn alt(code: Code) -> KeyPress {
    KeyPress { code, ctrl: false, alt: true }
}

pub(in crate::app::keys) use bind;
