// Families 18 and 43: the condition on clippy stands inside other conditions, and in the attribute that allows
// lints.

#![cfg_attr(clippy, allow(clippy::all))] //~ clippy-only

#[cfg(any(all(not(any(clippy))), debug_assertions))] //~ clippy-only
pub const CHECKED: bool = cfg!(clippy); //~ clippy-only

/// Not as clippy would have it.
pub fn positive(numbers: &Vec<i64>) -> bool {
    for index in 0..numbers.len() {
        if numbers[index] < 0 {
            return false;
        }
    }
    return true;
}

mod base;

pub use base::*;
