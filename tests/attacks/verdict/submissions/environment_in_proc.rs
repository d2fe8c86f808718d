//! Family 30: the environment of the test out of /proc. std::fs is not part of this exercise.

pub fn environment() -> Option<String> {
    std::fs::read_to_string("/proc/self/environ").ok() //~ withheld-std
}

mod base;

pub use base::*;
