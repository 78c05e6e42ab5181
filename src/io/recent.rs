//! Remembers the recently opened logs. Stored in the state folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::sidecar::Document;

/// Maximum number of logs.
const MOST: usize = 50;

/// The recently opened logs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent {
    /// The schema version: [`Self::VERSION`](Document::VERSION) or older.
    pub version: u64,
    logs: Vec<RecentLog>,
    /// Fields of newer versions.
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

/// A log, identified by its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct RecentLog {
    files: Vec<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

impl Document for Recent {
    const NAME: &'static str = "recent.json";
    const VERSION: u64 = 1;
}

impl Recent {
    /// The files of each log, most recent first.
    pub fn logs(&self) -> impl Iterator<Item = Vec<PathBuf>> + '_ {
        let logs = self.logs.iter().map(|log| log.files.iter().map(PathBuf::from).collect::<Vec<_>>());
        logs.filter(|files| !files.is_empty())
    }

    /// Moves a log to the front. A log with a path that is not UTF-8 is not remembered.
    pub fn note(&mut self, files: &[PathBuf]) {
        let text = |file: &PathBuf| absolute(file).into_os_string().into_string().ok();
        let Some(files) = files.iter().map(text).collect::<Option<Vec<String>>>() else { return };
        let known = self.logs.iter().position(|log| log.files == files);
        let rest = known.map(|at| self.logs.remove(at).rest).unwrap_or_default();
        self.logs.insert(0, RecentLog { files, rest });
        self.logs.truncate(MOST);
        self.version = Self::VERSION;
    }
}

/// The absolute path without `.`. Links are not resolved: the user knows the log by the name they gave.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_log_is_first_without_duplicates() {
        let mut recent: Recent =
            serde_json::from_str(r#"{"version":1,"logs":[{"files":["/a.md"],"pin":2},{"files":[]}],"later":3}"#)
                .expect("JSON");
        recent.note(&["/b.md".into(), "/c.md".into()]);
        recent.note(&["/./a.md".into()]);
        let logs: Vec<_> = recent.logs().collect();
        assert_eq!(logs, [vec![PathBuf::from("/a.md")], vec!["/b.md".into(), "/c.md".into()]]);
        let text = serde_json::to_string(&recent).expect("JSON");
        assert!(text.contains(r#""pin":2"#) && text.contains(r#""later":3"#), "{text}");
        for number in 0..2 * MOST {
            recent.note(&[format!("/{number}").into()]);
        }
        assert_eq!(recent.logs().count(), MOST);
    }
}
