//! Control: the honest cache of level 2, with nothing around it.

mod base;

pub use base::*;
