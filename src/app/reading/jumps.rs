//! The jump list: where the user jumped from, for going back and forward.

use crate::app::panes::timeline::RowId;

/// The back and forward stacks.
#[derive(Debug, Default)]
pub struct JumpList {
    back: Vec<RowId>,
    forward: Vec<RowId>,
}

impl JumpList {
    /// Records the place that a jump leaves, and clears the forward stack. A place is recorded once if several
    /// jumps in a row leave it, since a jump to an item does not move the timeline.
    pub fn leave(&mut self, current: Option<RowId>) {
        self.forward.clear();
        self.back.extend(current.filter(|current| self.back.last() != Some(current)));
    }

    /// Goes back; `current` is pushed on the forward stack.
    pub fn back(&mut self, current: Option<RowId>) -> Option<RowId> {
        let place = self.back.pop()?;
        self.forward.extend(current.filter(|current| *current != place));
        Some(place)
    }

    /// Goes forward; `current` is pushed on the back stack.
    pub fn forward(&mut self, current: Option<RowId>) -> Option<RowId> {
        let place = self.forward.pop()?;
        self.back.extend(current);
        Some(place)
    }
}
