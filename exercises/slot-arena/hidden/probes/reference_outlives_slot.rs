//! A reference to the value is used after the value was parked.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    let value: &mut u64 = &mut slot;
    let token = slot.park(); //~ E0505
    *value += 1;
}
