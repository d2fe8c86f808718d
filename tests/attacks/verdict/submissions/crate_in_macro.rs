//! Family 43: the whole source is the argument of a macro. Its words keep their places, and nothing is hidden.

macro_rules! all {
    ($($token:tt)*) => {
        $($token)*
    };
}

all! {
    /// Not as clippy would have it.
    pub fn positive(numbers: &Vec<i64>) -> bool {
        for index in 0..numbers.len() {
            if numbers[index] < 0 {
                return false;
            }
        }
        return true;
    }
}

mod base;

pub use base::*;
