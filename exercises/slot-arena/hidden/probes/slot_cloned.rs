//! A slot is cloned, where its value can be.
#![allow(dead_code, unused_mut, unused_variables)]

use slot_arena::Arena;

fn doubled<T: Clone>(one: &T) -> (T, T) {
    (one.clone(), one.clone())
}

fn main() {
    let arena = Arena::new();
    let slot = arena.insert(0_u64);
    let both = doubled(&slot); //~ E0277
}
