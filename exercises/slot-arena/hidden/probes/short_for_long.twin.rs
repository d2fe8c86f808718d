//! A value that lives as long as the arena is written into a slot, parked and claimed.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let long = String::from("a block that stays");
    let arena: Arena<&str> = Arena::new();
    let token = {
        let short = String::from("a block that is gone");
        let mut slot = arena.insert("a block that is there for ever");
        *slot = &long;
        slot.park()
    };
    arena.claim(token);
}
