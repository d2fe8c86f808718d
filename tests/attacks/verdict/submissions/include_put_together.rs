//! Family 29: the name is put together out of pieces.

pub const ACCOUNTS: &str = include_str!(concat!("/", "et", "c/pass", "wd")); //~ outside-file

mod base;

pub use base::*;
