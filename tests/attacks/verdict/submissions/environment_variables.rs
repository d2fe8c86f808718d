//! Family 30: variables of the compiler's environment, one of them put together out of pieces.

pub const PATHS: Option<&str> = option_env!("PATH"); //~ environment-read
pub const HOME: &str = env!("HOME"); //~ environment-read
pub const LINKER: Option<&str> = option_env!(concat!("ASSAY", "_LINKER")); //~ environment-read
pub const NAMED: Option<&str> = core::option_env!("CLIPPY_CONF_DIR"); //~ environment-read

mod base;

pub use base::*;
