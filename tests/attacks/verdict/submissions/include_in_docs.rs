//! Family 29: a file of the machine as documentation.

#[doc = include_str!("/etc/hostname")] //~ outside-file
pub const HOST: u8 = 0;

mod base;

pub use base::*;
