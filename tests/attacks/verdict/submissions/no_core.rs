// Family 28: a crate without core.

#![no_core] //~ language-feature

mod base;

pub use base::*;
