//! Threads share an arena of values that may move between them, but are not `Sync`.
#![allow(dead_code, unused_imports, unused_mut, unused_variables)]

use slot_arena::Arena;
use std::cell::Cell;
use std::rc::Rc;

fn main() {
    let (arena, value) = (Arena::new(), Cell::new(0_u64));
    let token = arena.insert(value).park();
    std::thread::scope(|scope| {
        scope.spawn(|| drop(arena.claim(token)));
    });
}
