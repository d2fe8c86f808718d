use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
#[derive(Default)]
pub struct Shelf(Mutex<HashMap<u64, u64>>);
impl Shelf {
    pub fn new() -> Shelf {
        Shelf::default()
    }
    pub fn get_or_make(&self, key: u64, make: impl FnOnce() -> u64) -> u64 {
        let found = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .copied();
        if let Some(value) = found {
            return value;
        }
        let value = make();
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, value);
        value
    }
}
