//! Where one came from by following links: back, and forward again.

use crate::app::panes::timeline::Place;

/// Places that were left by a jump.
#[derive(Debug, Default)]
pub struct Trail {
    back: Vec<Place>,
    forward: Vec<Place>,
}

impl Trail {
    /// A jump leaves a place; what lay ahead is forgotten.
    pub fn leave(&mut self, here: Option<Place>) {
        self.forward.clear();
        self.back.extend(here);
    }

    /// The place before, coming from here.
    pub fn back(&mut self, here: Option<Place>) -> Option<Place> {
        let place = self.back.pop()?;
        self.forward.extend(here);
        Some(place)
    }

    /// The place that was left by going back, coming from here.
    pub fn forward(&mut self, here: Option<Place>) -> Option<Place> {
        let place = self.forward.pop()?;
        self.back.extend(here);
        Some(place)
    }
}
