//! Family 29: a file of the machine is compiled as Rust, so that the errors quote it.

include!("/etc/passwd"); //~ outside-file

mod base;

pub use base::*;
