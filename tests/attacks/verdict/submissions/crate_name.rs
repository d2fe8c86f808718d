// Family 28: the crate takes the name of the harness.

#![crate_name = "assay"] //~ language-feature

mod base;

pub use base::*;
