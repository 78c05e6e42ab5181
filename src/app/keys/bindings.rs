//! The table of default key bindings, with descriptions in both languages. Help, hints and the palette are
//! generated from it, so they always agree with what the keys do.

mod overlays;
mod panes;

use std::sync::LazyLock;

use super::context::Binding;

/// All default bindings. Hints are shown in this order.
pub static BINDINGS: LazyLock<Vec<Binding>> =
    LazyLock::new(|| [panes::PANE_BINDINGS, overlays::OVERLAY_BINDINGS].concat());

#[cfg(test)]
mod tests;
