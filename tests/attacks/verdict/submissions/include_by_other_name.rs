//! Family 29: the macro under another name, and in a macro.

use core::include_str as text;

macro_rules! read {
    ($reader:ident, $($piece:literal),+) => {
        $reader!(concat!($($piece),+)) //~ outside-file
    };
}

pub const TESTS: &str = read!(text, "/hid", "den/tests", ".rs");

mod base;

pub use base::*;
