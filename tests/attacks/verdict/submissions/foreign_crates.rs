//! Families 26 and 39: crates of the toolchain that the exercise does not offer.

extern crate proc_macro; //~ withheld-std
extern crate test; //~ withheld-std

mod base;

pub use base::*;
