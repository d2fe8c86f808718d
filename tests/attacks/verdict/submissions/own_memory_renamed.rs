//! Family 24: the same, with std under another name.

extern crate std as other;

pub fn patch(bytes: &[u8]) -> Option<()> {
    other::fs::write("/proc/self/mem", bytes).ok() //~ withheld-std
}

mod base;

pub use base::*;
