use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
#[derive(Default)]
pub struct Shelf(Mutex<HashMap<u64, u64>>);
impl Shelf {
    pub fn new() -> Shelf {
        Shelf::default()
    }
    pub fn get_or_make(&self, key: u64, make: impl FnOnce() -> u64) -> u64 {
        *self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(key)
            .or_insert_with(make)
    }
}
