//! Two exclusive references to one value, one after the other.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    let first: &mut u64 = &mut slot;
    *first += 1;
    let second: &mut u64 = &mut slot;
    *second += 1;
}
