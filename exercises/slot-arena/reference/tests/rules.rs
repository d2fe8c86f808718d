//! The rules of the brief, one test each.

use slot_arena::{Arena, Slot, Token};
use std::cell::RefCell;
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::from_ref;
use std::rc::Rc;

/// A value that counts its drops, and whose destructor may panic.
struct Counted(Rc<RefCell<u32>>, bool);

impl Drop for Counted {
    fn drop(&mut self) {
        *self.0.borrow_mut() += 1;
        assert!(!self.1, "a destructor that panics");
    }
}

#[test]
fn slots_are_written_through_side_by_side() {
    let arena = Arena::new();
    let (mut first, mut second) = (arena.insert(1), arena.insert(2));
    std::mem::swap(&mut *first, &mut *second);
    assert_eq!((*first, second.into_inner(), arena.len()), (2, 1, 1));
}

#[test]
fn a_token_finds_what_is_parked_only() {
    let arena = Arena::new();
    let slot = arena.insert('a');
    let token = slot.token();
    assert!(arena.claim(token).is_none());
    assert_eq!(slot.park(), token);
    let slot = arena.claim(token).unwrap();
    assert!(arena.claim(token).is_none());
    drop(slot);
    assert!(arena.claim(token).is_none());
}

#[test]
fn any_number_is_a_token() {
    let arena = Arena::new();
    let token = arena.insert('a').park();
    for bit in 0..64 {
        let other = Token::from_bits(token.to_bits() ^ (1 << bit));
        assert!(arena.claim(other).is_none());
    }
    assert!(arena.claim(Token::from_bits(u64::MAX)).is_none());
}

#[test]
fn parked_values_do_not_move_with_their_arena() {
    let arena = Arena::new();
    let slot = arena.insert([0_u8; 100]);
    let address = from_ref(&*slot);
    let token = slot.park();
    let arena = Box::new(arena);
    let others: Vec<_> = (0..1000).map(|_| arena.insert([0; 100])).collect();
    assert_eq!(from_ref(&*arena.claim(token).unwrap()), address);
    drop(others);
}

#[test]
fn values_are_aligned() {
    #[repr(align(4096))]
    struct Page(#[allow(dead_code)] u8);
    let arena = Arena::new();
    let pages: Vec<_> = (0..20).map(|_| arena.insert(Page(0))).collect();
    for page in &pages {
        assert_eq!(from_ref(&**page).addr() % 4096, 0);
    }
}

#[test]
fn a_place_wears_out() {
    let arena = Arena::with_lives(NonZeroU32::new(2).unwrap());
    let places: Vec<_> = (0..6).map(|n| from_ref(&*arena.insert(n)).addr()).collect();
    assert_eq!(places[0], places[1]);
    assert_ne!(places[1], places[2]);
    assert_ne!(places[3], places[4]);
}

#[test]
fn each_value_is_dropped_once() {
    let drops = Rc::new(RefCell::new(0));
    let counted = || Counted(Rc::clone(&drops), false);
    let mut arena = Arena::new();
    drop(arena.insert(counted()));
    assert_eq!(*drops.borrow(), 1);
    let taken = arena.insert(counted()).into_inner();
    assert_eq!(*drops.borrow(), 1);
    drop(taken);
    arena.insert(counted()).park();
    std::mem::forget(arena.insert(counted()));
    assert_eq!((*drops.borrow(), arena.iter_mut().count()), (2, 2));
    arena.clear();
    assert_eq!((*drops.borrow(), arena.len()), (4, 0));
    arena.insert(counted()).park();
    std::mem::forget(arena.insert(counted()));
    drop(arena);
    assert_eq!(*drops.borrow(), 6);
}

#[test]
fn a_destructor_that_panics_harms_nobody_else() {
    let drops = Rc::new(RefCell::new(0));
    let counted = |number| Counted(Rc::clone(&drops), number == 2);
    let mut arena = Arena::new();
    let slot = arena.insert(counted(2));
    assert!(catch_unwind(AssertUnwindSafe(|| drop(slot))).is_err());
    assert_eq!((*drops.borrow(), arena.len()), (1, 0));
    let tokens: Vec<Token> = (0..5).map(|n| arena.insert(counted(n)).park()).collect();
    assert!(catch_unwind(AssertUnwindSafe(|| arena.clear())).is_err());
    assert_eq!((*drops.borrow(), arena.len()), (6, 0));
    assert!(tokens.iter().all(|&token| arena.claim(token).is_none()));
}

#[test]
fn a_destructor_may_use_the_arena() {
    static ARENA: Arena<Retry> = Arena::new();
    struct Retry(u32);
    impl Drop for Retry {
        fn drop(&mut self) {
            if self.0 > 0 {
                let slot = ARENA.insert(Retry(self.0 - 1));
                assert_ne!(from_ref(&*slot), from_ref(self));
            }
        }
    }
    drop(ARENA.insert(Retry(4)));
    assert!(ARENA.is_empty());
}

#[test]
fn threads_pass_slots_and_tokens() {
    let arena = Arena::new();
    let (slot, token) = (arena.insert(1), arena.insert(2).park());
    let sum = std::thread::scope(|scope| {
        let owned = scope.spawn(move || slot.into_inner());
        let found = scope.spawn(|| arena.claim(token).map(Slot::into_inner));
        owned.join().unwrap() + found.join().unwrap().unwrap()
    });
    assert_eq!((sum, arena.len()), (3, 0));
}

#[test]
fn values_may_have_no_size() {
    let arena = Arena::new();
    let tokens: Vec<Token> = (0..100).map(|_| arena.insert(()).park()).collect();
    assert!(tokens.iter().all(|&token| arena.claim(token).is_some()));
    assert!(arena.is_empty());
}
