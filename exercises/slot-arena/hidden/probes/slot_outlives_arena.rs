//! A slot is used when its arena is gone.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let outer = Arena::<u64>::new();
    let slot;
    {
        let inner = Arena::<u64>::new();
        slot = inner.insert(0); //~ E0597
    }
    drop(slot);
}
