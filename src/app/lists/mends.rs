//! Mending from the list of what is wrong.

use super::faults::shown_first;
use super::picker::{Choice, Picker, Row, Target};
use crate::app::{App, Effect, Overlay};
use crate::log::edit::{Intent, Remedy, remedies};
use crate::say;

/// How many are mended at once.
const AT_ONCE: usize = 50;

impl App {
    /// Mends what the cursor of the list is on; where that is not certain, lists what could be done.
    pub(in crate::app) fn mend(&mut self) -> Vec<Effect> {
        let Some(Choice { label, target: Target::Fault { file, ways, is_certain, .. }, .. }) = self.fault().cloned()
        else {
            return self.tell(self.language.pick("This cannot be fixed here", "这里无法修正").into());
        };
        match ways.as_slice() {
            [] => self.tell(self.language.pick("This cannot be fixed here", "这里无法修正").into()),
            [only] if is_certain => self.mend_so(file, only.clone()),
            ways => {
                let mut rows = vec![Row::Heading(label)];
                for way in ways {
                    for (now, then) in way.mended_lines() {
                        let changed = shown_first(now, then);
                        rows.extend(changed.into_iter().map(Row::Heading));
                    }
                    let target = Target::Mend { file, way: Box::new(way.clone()) };
                    rows.push(Row::choice(way.summary(self.language), "", target));
                }
                rows.push(Row::choice(self.language.pick("Leave it", "不修改"), "", Target::Nothing));
                self.choose_from(self.language.pick("Fix it like this?", "这样修正？"), rows, "")
            }
        }
    }

    /// Makes one change, and shows what is left.
    pub(in crate::app) fn mend_so(&mut self, file: usize, way: Intent) -> Vec<Effect> {
        let what = way.summary(self.language);
        match self.made(file, way) {
            Ok((_, mut effects)) => {
                self.list_faults_again();
                let undo = self.call(crate::app::keys::action::Action::Undo);
                effects.extend(self.tell(say!(
                    self.language,
                    "Done: {what} ({undo} undoes it)",
                    "已完成：{what}（{undo} 撤销）"
                )));
                effects
            }
            Err(effects) => effects,
        }
    }

    /// Mends everything that is certain, each as a change of its own.
    pub(in crate::app) fn mend_all(&mut self) -> Vec<Effect> {
        if self.fault().is_none() {
            return self.tell(self.language.pick("This cannot be fixed here", "这里无法修正").into());
        }
        let certain: Vec<Remedy> =
            remedies(&self.log, &self.faults()).into_iter().filter(|remedy| remedy.is_certain).collect();
        let (mut effects, mut mended) = (Vec::new(), 0);
        for remedy in certain.into_iter().take(AT_ONCE) {
            let Some(way) = remedy.ways.into_iter().next() else { continue };
            match self.made(remedy.file, way) {
                Ok((_, saved)) => {
                    effects.extend(saved);
                    mended += 1;
                }
                Err(told) => effects.extend(told),
            }
        }
        self.list_faults_again();
        let undo = self.call(crate::app::keys::action::Action::Undo);
        effects.extend(self.tell(match mended {
            0 => {
                self.language.pick("No problem here can be fixed with certainty", "没有可以确定地修正的问题").to_owned()
            }
            _ => say!(
                self.language,
                "{mended} fixed; {undo} undoes them one at a time",
                "已修正 {mended} 处；{undo} 逐一撤销"
            ),
        }));
        effects
    }

    /// What the cursor of the list of what is wrong is on.
    fn fault(&self) -> Option<&Choice> {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => {
                picker.choice().filter(|choice| matches!(choice.target, Target::Fault { .. } | Target::List { .. }))
            }
            _ => None,
        }
    }

    /// Whether the key that mends would do something.
    pub(in crate::app) fn can_mend(&self) -> bool {
        let target = self.fault().map(|choice| &choice.target);
        matches!(target, Some(Target::Fault { ways, .. }) if !ways.is_empty())
    }

    /// Whether something in the list can be mended with certainty.
    pub(in crate::app) fn can_mend_all(&self) -> bool {
        let is_certain = |row: &Row| matches!(row, Row::Choice(Choice { target: Target::Fault { is_certain, .. }, .. }) if *is_certain);
        match self.overlays.last() {
            Some(Overlay::Picker(Picker { rows, .. })) => rows.iter().any(is_certain),
            _ => false,
        }
    }
}
