//! Fixing problems from the list of problems.

use super::picker::{Picker, PickerChoice, PickerRow, PickerTarget};
use super::problems::preview_lines;
use crate::app::{App, Effect, Overlay};
use crate::log::edit::{Fix, Intent, find_fixes};
use crate::say;

/// The most problems fixed at once.
const AT_ONCE: usize = 50;

impl App {
    /// Fixes the selected problem; if there are several ways or the fix is not certain, asks first. Does nothing in
    /// another list.
    pub(in crate::app) fn fix(&mut self) -> Vec<Effect> {
        let Some(PickerChoice { label, target, .. }) = self.selected_problem().cloned() else { return Vec::new() };
        let PickerTarget::Problem { file, ways, is_certain, .. } = target else {
            return self.tell(self.language.pick("This cannot be fixed automatically", "无法自动修正").into());
        };
        match ways.as_slice() {
            [] => self.tell(self.language.pick("This cannot be fixed automatically", "无法自动修正").into()),
            [only] if is_certain => self.apply_fix(file, only.clone()),
            ways => {
                let mut rows = vec![PickerRow::Heading(label)];
                for way in ways {
                    for (now, then) in way.fixed_lines() {
                        let changed = preview_lines(now, then);
                        rows.extend(changed.into_iter().map(PickerRow::Heading));
                    }
                    let target = PickerTarget::Fix { file, way: Box::new(way.clone()) };
                    rows.push(PickerRow::choice(way.summary(self.language), "", target));
                }
                rows.push(PickerRow::choice(self.language.pick("Cancel", "取消"), "", PickerTarget::Nothing));
                self.choose_from(self.language.pick("Fix it like this?", "要这样修正吗？"), rows, "")
            }
        }
    }

    /// Applies a fix and updates the list.
    pub(in crate::app) fn apply_fix(&mut self, file: usize, way: Intent) -> Vec<Effect> {
        let what = way.summary(self.language);
        match self.try_change(file, way) {
            Ok((_, mut effects)) => {
                self.update_problems();
                let undo = self.call(crate::app::keys::action::Action::Undo);
                effects.extend(self.tell(say!(
                    self.language,
                    "Applied: {what}; press {undo} to undo",
                    "已修正：{what}；按 {undo} 撤销"
                )));
                effects
            }
            Err(effects) => effects,
        }
    }

    /// Applies the certain fixes, at most [`AT_ONCE`], each as a change of its own.
    pub(in crate::app) fn fix_all(&mut self) -> Vec<Effect> {
        if self.selected_problem().is_none() {
            return Vec::new();
        }
        let certain: Vec<Fix> =
            find_fixes(&self.log, &self.problems()).into_iter().filter(|fix| fix.is_certain).collect();
        let (mut effects, mut fixed) = (Vec::new(), 0);
        for fix in certain.into_iter().take(AT_ONCE) {
            let Some(way) = fix.ways.into_iter().next() else { continue };
            match self.try_change(fix.file, way) {
                Ok((_, saved)) => {
                    effects.extend(saved);
                    fixed += 1;
                }
                Err(told) => effects.extend(told),
            }
        }
        self.update_problems();
        let undo = self.call(crate::app::keys::action::Action::Undo);
        effects.extend(self.tell(match fixed {
            0 => self.language.pick("Nothing here can be fixed automatically", "没有可自动修正的问题").to_owned(),
            _ => say!(
                self.language,
                "{fixed} fixed; press {undo} to undo them one at a time",
                "已修正 {fixed} 处；按 {undo} 逐一撤销"
            ),
        }));
        effects
    }

    /// Whether the list of problems is on top.
    pub(in crate::app) fn lists_problems(&self) -> bool {
        self.selected_problem().is_some()
    }

    /// The selected row of the list of problems, if that list is on top: a problem, or a group of problems.
    fn selected_problem(&self) -> Option<&PickerChoice> {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => picker
                .choice()
                .filter(|choice| matches!(choice.target, PickerTarget::Problem { .. } | PickerTarget::List { .. })),
            _ => None,
        }
    }

    /// Whether the selected problem can be fixed.
    pub(in crate::app) fn can_fix(&self) -> bool {
        let target = self.selected_problem().map(|choice| &choice.target);
        matches!(target, Some(PickerTarget::Problem { ways, .. }) if !ways.is_empty())
    }

    /// Whether any problem in the list has a certain fix.
    pub(in crate::app) fn can_fix_all(&self) -> bool {
        let is_certain = |row: &PickerRow| matches!(row, PickerRow::Choice(PickerChoice { target: PickerTarget::Problem { is_certain, .. }, .. }) if *is_certain);
        match self.overlays.last() {
            Some(Overlay::Picker(Picker { rows, .. })) => rows.iter().any(is_certain),
            _ => false,
        }
    }
}
