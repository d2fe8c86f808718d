//! Threads share a slot whose value all may look at.
#![allow(dead_code, unused_imports, unused_mut, unused_variables)]

use slot_arena::Arena;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::AtomicU64;

fn shared<T: Sync>(value: &T) {}

fn main() {
    let arena = Arena::new();
    let slot = arena.insert(AtomicU64::new(0));
    shared(&slot);
}
