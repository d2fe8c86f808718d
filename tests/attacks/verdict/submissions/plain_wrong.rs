//! Control: the honest wrong cache, with nothing around it.

mod base;

pub use base::*;
