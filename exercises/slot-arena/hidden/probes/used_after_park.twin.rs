//! The slot is used before its value is parked.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    *slot += 1;
    let token = slot.park();
}
