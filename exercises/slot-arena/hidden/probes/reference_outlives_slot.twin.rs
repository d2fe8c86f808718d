//! The reference to the value is used before the value is parked.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    let value: &mut u64 = &mut slot;
    *value += 1;
    let token = slot.park();
}
