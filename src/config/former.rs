//! Former names of settings. They still work, but are reported so that the user can rename them.

/// Settings: the table (empty for a table itself), the former name, and the current name.
pub(super) const SETTINGS: [(&str, &str, &str); 4] = [
    ("", "tracks", "topics"),
    ("review", "most-a-day", "max-per-day"),
    ("review", "new-a-day", "new-per-day"),
    ("review", "day-turns-at", "day-starts-at"),
];

/// Tables of key bindings: the former name, and the current name.
pub(super) const PLACES: [(&str, &str); 2] = [("everywhere", "full-text"), ("anywhere", "global")];

/// Actions: the former name, and the current name. A former name of one action may be the current name of another, so
/// each name is looked up as a current name first.
pub(super) const ACTIONS: [(&str, &str); 6] = [
    ("owed", "to-do"),
    ("mend-all", "fix-all"),
    ("take-back-grade", "undo-grade"),
    ("add-below", "add-sub-item"),
    ("suspend", "suspend-review"),
    ("stop", "suspend"),
];
