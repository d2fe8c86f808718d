//! Two exclusive references to one value at once.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    let first: &mut u64 = &mut slot;
    let second: &mut u64 = &mut slot; //~ E0499
    *first += 1;
    *second += 1;
}
