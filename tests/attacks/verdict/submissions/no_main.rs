// Family 28: a crate without main, which it has none of anyway.

#![no_main] //~ language-feature

mod base;

pub use base::*;
