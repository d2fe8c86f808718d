//! Family 29: a module of their own by the name of the process that compiles it.

#[path = "/proc/self/cwd/src/base.rs"] //~ outside-file
mod base;

pub use base::*;
