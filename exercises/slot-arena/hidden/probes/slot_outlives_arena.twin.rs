//! A slot is used while its arena is there.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let outer = Arena::<u64>::new();
    let slot;
    {
        let inner = Arena::<u64>::new();
        slot = outer.insert(0);
    }
    drop(slot);
}
