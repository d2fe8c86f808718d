//! Family 30: the environment of the compiler as bytes.

pub static ENVIRONMENT: &[u8] = include_bytes!("/proc/self/environ"); //~ outside-file

mod base;

pub use base::*;
