//! Families 18 and 43: clippy is shown one function, the compiler another.

#[cfg(clippy)] //~ clippy-only
/// As clippy would have it.
pub fn positive(numbers: &[i64]) -> bool {
    numbers.iter().all(|&number| number >= 0)
}

#[cfg(not(clippy))] //~ clippy-only
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
