//! Examples, not the whole story: the brief has more rules than these.

use slot_arena::{Arena, Token};

#[test]
fn a_value_is_held_parked_and_claimed() {
    let arena = Arena::new();
    let mut slot = arena.insert(String::from("block"));
    slot.push_str(" 17");
    let user_data = slot.park().to_bits();
    let slot = arena
        .claim(Token::from_bits(user_data))
        .expect("it is parked");
    assert_eq!(*slot, "block 17");
    assert!(arena.claim(slot.token()).is_none());
    assert_eq!(slot.into_inner(), "block 17");
    assert!(arena.is_empty());
}

#[test]
fn a_late_completion_finds_nothing() {
    let arena = Arena::new();
    let late = arena.insert("first").park();
    drop(arena.claim(late));
    let token = arena.insert("second").park();
    assert!(arena.claim(late).is_none());
    assert_eq!(arena.claim(token).as_deref(), Some(&"second"));
}

#[test]
fn an_address_stays() {
    let arena = Arena::new();
    let slot = arena.insert(1_u64);
    let address = std::ptr::from_ref(&*slot);
    let others: Vec<_> = (0..1000).map(|other| arena.insert(other)).collect();
    assert_eq!(std::ptr::from_ref(&*slot), address);
    assert_eq!(arena.len(), others.len() + 1);
}
