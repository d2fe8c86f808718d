//! The arena is cleared while a slot is out.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let mut arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    arena.clear(); //~ E0502
    *slot += 1;
}
