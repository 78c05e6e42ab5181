//! Decides where the titles of a set of files are.

use std::collections::HashSet;

use super::share;
use super::traits::{TITLE, Traits};
use crate::log::file::TitleFrom;

/// The minimum mean likeness for a place to be used.
const PLACE: f32 = -0.8;
/// The minimum mean likeness for first lines, which are rarely titles.
const LINES: f32 = 0.0;

/// The places that titles are taken from. The file's name is always one.
pub(super) fn places(all: &[Traits]) -> HashSet<TitleFrom> {
    let members = || all.iter().filter(|traits| traits.is_free() && !traits.is_front_page);
    let mut places = HashSet::from([TitleFrom::Name]);
    for (place, least) in [(TitleFrom::Front, -TITLE), (TitleFrom::Heading, PLACE), (TitleFrom::Line, LINES)] {
        // A place is only judged by the files without a title in an earlier place.
        let open = members().filter(|traits| traits.titles.iter().all(|(from, _)| !before(*from, place, &places)));
        let (mut sum, mut count, mut asked) = (0.0, 0, 0);
        for traits in open {
            asked += 1;
            if let Some((_, likeness)) = traits.titles.iter().find(|(from, _)| *from == place) {
                sum += likeness;
                count += 1;
            }
        }
        let is_common = place != TitleFrom::Line || count * 2 > asked;
        if count > 0 && is_common && sum / share(count, 1) >= least {
            places.insert(place);
        }
    }
    places
}

/// Whether a place takes precedence over another.
fn before(place: TitleFrom, other: TitleFrom, places: &HashSet<TitleFrom>) -> bool {
    let order = |place| match place {
        TitleFrom::Front => 0,
        TitleFrom::Heading => 1,
        TitleFrom::Line => 2,
        TitleFrom::Name => 3,
        TitleFrom::Index => 4,
    };
    places.contains(&place) && order(place) < order(other)
}
