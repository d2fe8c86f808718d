use slot_arena::{Arena, Token};
use std::num::NonZeroU32;
use std::rc::Rc;
use std::thread;

#[test]
fn values_are_dropped_with_their_slot_or_the_arena() {
    let witness = Rc::new(());
    let arena = Arena::new();
    let slot = arena.insert(Rc::clone(&witness));
    arena.insert(Rc::clone(&witness)).park();
    assert_eq!(Rc::strong_count(&witness), 3);
    drop(slot);
    assert_eq!(Rc::strong_count(&witness), 2);
    drop(arena);
    assert_eq!(Rc::strong_count(&witness), 1);
}

#[test]
fn stale_and_foreign_tokens_find_nothing() {
    let mut arena = Arena::new();
    let old = arena.insert(1).park();
    arena.clear();
    let new = arena.insert(2).park();
    assert_ne!(old, new);
    assert!(arena.claim(old).is_none());
    assert!(arena.claim(Token::from_bits(u64::MAX)).is_none());
    assert_eq!(arena.claim(new).map(|slot| *slot), Some(2));
}

#[test]
fn places_are_retired() {
    let lives = NonZeroU32::new(2).expect("two");
    let arena = Arena::with_lives(lives);
    let tokens: Vec<u64> = (0..5).map(|n| arena.insert(n).token().to_bits()).collect();
    for pair in tokens.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

#[test]
fn iter_mut_changes_parked_values() {
    let mut arena = Arena::new();
    let token = arena.insert(1).park();
    for (_, value) in arena.iter_mut() {
        *value += 1;
    }
    assert_eq!(arena.claim(token).map(|slot| *slot), Some(2));
}

#[test]
fn slots_go_to_other_threads() {
    let arena = Arena::new();
    let slot = arena.insert(5);
    let value = thread::scope(|scope| scope.spawn(move || slot.into_inner()).join());
    assert_eq!(value.ok(), Some(5));
    assert!(arena.is_empty());
}
