//! Former names of settings. They still work, but are reported so that the user can rename them.

/// Settings: the table, the former name, and the name now.
pub(super) const SETTINGS: [(&str, &str, &str); 3] = [
    ("review", "most-a-day", "max-per-day"),
    ("review", "new-a-day", "new-per-day"),
    ("review", "day-turns-at", "day-starts-at"),
];

/// Tables of keys: the former name, and the name now.
pub(super) const PLACES: [(&str, &str); 2] = [("everywhere", "full-text"), ("anywhere", "global")];

/// Actions: the former name, and the name now. A former name can be the name of another action now; each is looked
/// up as a current name first.
pub(super) const ACTIONS: [(&str, &str); 6] = [
    ("owed", "to-do"),
    ("mend-all", "fix-all"),
    ("take-back-grade", "undo-grade"),
    ("add-below", "add-sub-item"),
    ("suspend", "suspend-review"),
    ("stop", "suspend"),
];
