// Family 28: the language of a nightly.

#![feature(core_intrinsics)] //~ language-feature

mod base;

pub use base::*;
