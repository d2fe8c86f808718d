//! Family 30: the macro under another name.

use core::option_env as setting;

pub const PATHS: Option<&str> = setting!("PATH");

mod base;

pub use base::*;
