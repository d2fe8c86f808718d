//! Threads share a slot whose value only one may look at.
#![allow(dead_code, unused_imports, unused_mut, unused_variables)]

use slot_arena::Arena;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::AtomicU64;

fn shared<T: Sync>(value: &T) {}

fn main() {
    let arena = Arena::new();
    let slot = arena.insert(Cell::new(0_u64));
    shared(&slot); //~ E0277
}
