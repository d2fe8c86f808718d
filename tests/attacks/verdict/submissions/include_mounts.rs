//! Family 29: what is mounted is baked into the crate. Nothing fails, and nothing is said.

pub const MOUNTS: &[u8] = include_bytes!("/proc/self/mountinfo"); //~ outside-file

mod base;

pub use base::*;
