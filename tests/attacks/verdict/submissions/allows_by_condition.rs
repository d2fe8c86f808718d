// Family 27: the same behind a condition.

#![cfg_attr(all(), allow(unsafe_code))]

pub fn word(address: *const u64) -> u64 {
    unsafe { *address }
}

mod base;

pub use base::*;
