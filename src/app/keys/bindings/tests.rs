//! Checks that no key has two meanings in a context, and that every binding has a unique name.

use super::*;
use crate::app::keys::action::Action;
use crate::app::keys::context::ALL;
use crate::app::keys::key::KeyPress;

#[test]
fn no_key_has_two_meanings_in_one_context() {
    for &context in ALL {
        let here = BINDINGS.iter().filter(|binding| binding.contexts.contains(&context));
        let keys: Vec<KeyPress> = here.flat_map(|binding| binding.keys.iter().copied()).collect();
        for (index, key) in keys.iter().enumerate() {
            assert!(!keys[..index].contains(key), "{key} in {context:?}");
        }
    }
}

#[test]
fn every_binding_has_a_unique_name() {
    for (index, binding) in BINDINGS.iter().enumerate() {
        let name = (binding.places(), binding.action.name());
        assert!(BINDINGS[..index].iter().all(|other| (other.places(), other.action.name()) != name), "{name:?}");
        for key in binding.keys {
            assert_eq!(key.spelling().parse(), Ok(*key));
            assert_eq!(key.to_string().parse(), Ok(*key));
        }
    }
}

#[test]
fn d_never_changes_the_log() {
    let of_d = BINDINGS.iter().filter(|binding| binding.keys.contains(&KeyPress::char('d')));
    for binding in of_d {
        assert_eq!(binding.action, Action::MoveHalfPages(1));
    }
}
