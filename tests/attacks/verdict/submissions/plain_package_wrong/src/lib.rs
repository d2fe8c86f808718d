//! Control: the same package with the honest wrong cache in it.

mod base;

pub use base::*;
