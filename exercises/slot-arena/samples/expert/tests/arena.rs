//! What happens at run time; what must not compile is in the doc tests.

use slot_arena::{Arena, Token};
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

#[test]
fn values_end_once() {
    let witness = Arc::new(());
    let mut arena = Arena::new();
    let slots: Vec<_> = (0..20)
        .map(|_| arena.insert(Arc::clone(&witness)))
        .collect();
    for (number, slot) in slots.into_iter().enumerate() {
        match number % 4 {
            0 => drop(slot),
            1 => drop(slot.into_inner()),
            2 => std::mem::forget(slot),
            _ => drop(slot.park()),
        }
    }
    assert_eq!((Arc::strong_count(&witness), arena.len()), (11, 10));
    assert_eq!(arena.iter_mut().count(), 10);
    arena.clear();
    assert_eq!((Arc::strong_count(&witness), arena.len()), (1, 0));
}

#[test]
fn tokens_end_with_their_values() {
    let arena = Arena::with_lives(NonZeroU32::new(3).unwrap());
    let mut late: Vec<Token> = Vec::new();
    for number in 0..50 {
        let token = arena.insert(number).park();
        assert!(!late.contains(&token));
        assert!(late.iter().all(|&late| arena.claim(late).is_none()));
        assert_eq!(arena.claim(token).map(|slot| *slot), Some(number));
        late.push(token);
    }
    assert!(arena.claim(Token::from_bits(u64::MAX)).is_none());
}

#[test]
fn addresses_hold() {
    let arena = Arena::new();
    let first = arena.insert([0_u8; 64]);
    let address = std::ptr::from_ref(&*first);
    let token = first.park();
    let arena = Arc::new(arena);
    for _ in 0..1000 {
        arena.insert([1; 64]).park();
    }
    assert_eq!(
        arena.claim(token).map(|slot| std::ptr::from_ref(&*slot)),
        Some(address)
    );
}

#[test]
fn a_panic_costs_one_value() {
    struct Fussy(bool, #[expect(dead_code)] Arc<()>);
    impl Drop for Fussy {
        fn drop(&mut self) {
            assert!(!self.0, "in a destructor");
        }
    }
    let witness = Arc::new(());
    let mut arena = Arena::new();
    for number in 0..10 {
        arena
            .insert(Fussy(number == 4, Arc::clone(&witness)))
            .park();
    }
    assert!(catch_unwind(AssertUnwindSafe(|| arena.clear())).is_err());
    assert_eq!((arena.len(), Arc::strong_count(&witness)), (0, 1));
}

#[test]
fn one_of_many_claims() {
    let arena = Arena::new();
    let tokens: Vec<Token> = (0..1000)
        .map(|number| arena.insert(number).park())
        .collect();
    let claim_all = || {
        tokens
            .iter()
            .filter_map(|&token| arena.claim(token))
            .map(|slot| slot.into_inner())
            .sum::<u64>()
    };
    let sum: u64 = thread::scope(|scope| {
        let threads = [
            scope.spawn(claim_all),
            scope.spawn(claim_all),
            scope.spawn(claim_all),
        ];
        threads.map(|thread| thread.join().unwrap()).iter().sum()
    });
    assert_eq!((sum, arena.len()), (999 * 1000 / 2, 0));
}
