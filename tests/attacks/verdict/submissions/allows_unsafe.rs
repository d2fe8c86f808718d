// Family 27: the ban on unsafe is lifted again by the source.

#![allow(unsafe_code)]

pub fn word(address: *const u64) -> u64 {
    unsafe { *address }
}

mod base;

pub use base::*;
