//! Family 29: the command line of the compiler is compiled as Rust, so that the errors quote it: where the
//! toolchain lies, and whose it is.

include!("/proc/self/cmdline"); //~ outside-file

mod base;

pub use base::*;
