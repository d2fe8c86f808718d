//! A slot is used after its value was parked.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let arena = Arena::new();
    let mut slot = arena.insert(0_u64);
    let token = slot.park();
    *slot += 1; //~ E0382
}
