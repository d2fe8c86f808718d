//! A slot of a ring buffer that one thread fills and another empties.

use std::cell::UnsafeCell;
use std::rc::Rc;

pub struct Plain<T>(UnsafeCell<Option<T>>);

pub struct Promised<T>(UnsafeCell<Option<T>>);

// SAFETY: only one side touches the slot at a time.
unsafe impl<T> Sync for Promised<T> {}

fn share<T: Sync>(slot: T) -> T {
    slot
}

pub fn plain() -> Plain<u64> {
    share(Plain(UnsafeCell::new(None))) //~ E0277
}

pub fn promised() -> Promised<Rc<str>> {
    share(Promised(UnsafeCell::new(None)))
}
