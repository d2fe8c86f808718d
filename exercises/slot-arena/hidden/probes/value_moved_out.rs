//! A value is moved out from under its slot.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn main() {
    let arena = Arena::new();
    let slot = arena.insert(String::from("block"));
    let value: String = *slot; //~ E0507
    drop(value);
}
