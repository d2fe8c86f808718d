//! Family 30: variables and arguments while the test runs. std::env is not part of this exercise.

pub fn variables() -> Vec<(String, String)> {
    std::env::vars().collect() //~ withheld-std
}

mod base;

pub use base::*;
