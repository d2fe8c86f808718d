//! Family 43: code that clippy has words for is the body of a macro, where most of its lints do not look. Nothing
//! can make them: the finding says that they do not.

macro_rules! all {
    () => {
        /// Not as clippy would have it.
        pub fn positive(numbers: &[i64]) -> Option<Vec<i64>> {
            for index in 0..numbers.len() {
                if numbers[index] < 0 {
                    return None;
                }
            }
            return Some(numbers.to_vec()); //~ hidden-uses
        }
    };
}

all!();

mod base;

pub use base::*;
