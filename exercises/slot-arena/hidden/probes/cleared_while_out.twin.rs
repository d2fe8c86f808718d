//! The arena is cleared when no slot is out.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    *slot += 1;
    drop(slot);
    arena.clear();
}
