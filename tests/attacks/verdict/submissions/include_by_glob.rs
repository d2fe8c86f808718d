//! Family 29: the reader comes by a glob under its own name, and the file by pieces: only what the compiler says it
//! read tells it.

macro_rules! read {
    ($reader:ident, $($piece:literal),+) => {
        ::core::$reader!(concat!($($piece),+))
    };
}

pub const LIMITS: &str = read!(include_str, "/proc/", "self/limits");

mod base;

pub use base::*;
