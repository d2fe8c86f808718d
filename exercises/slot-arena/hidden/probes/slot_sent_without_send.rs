//! A slot moves to another thread, though its value must not.
#![allow(dead_code, unused_imports, unused_mut, unused_variables)]

use slot_arena::Arena;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::AtomicU64;

fn travels<T: Send>(value: T) {}

fn main() {
    let arena = Arena::new();
    let slot = arena.insert(Rc::new(0_u64));
    travels(slot); //~ E0277
}
