// Family 27: the same as an expectation.

#![expect(unsafe_code)]

pub fn word(address: *const u64) -> u64 {
    unsafe { *address }
}

mod base;

pub use base::*;
