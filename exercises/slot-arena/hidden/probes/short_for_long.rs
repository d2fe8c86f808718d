//! A value that lives too short is written into a slot, parked and claimed as one that lives on.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let long = String::from("a block that stays");
    let arena: Arena<&str> = Arena::new();
    let token = {
        let short = String::from("a block that is gone");
        let mut slot = arena.insert("a block that is there for ever");
        *slot = &short; //~ E0597
        slot.park()
    };
    arena.claim(token);
}
