//! Family 29: text of another file is to be an error message.

compile_error!(include_str!("/configuration/clippy.toml")); //~ outside-file

mod base;

pub use base::*;
