//! Family 29: the compiler is to read what it writes itself.

pub const WRITTEN: &[u8] = include_bytes!("/proc/self/fd/2"); //~ outside-file

mod base;

pub use base::*;
