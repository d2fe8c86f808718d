//! Family 29: what is counted, out of the settings of clippy.

pub const COUNTED: &str = include_str!("/configuration/clippy.toml");

mod base;

pub use base::*;
