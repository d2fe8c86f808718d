// Family 28: the crate takes the name of the harness.

#![crate_name = "assay"]

mod base;

pub use base::*;
