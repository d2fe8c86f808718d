//! Family 22: the symbol stands in a file that does not end in .rs and is compiled all the same.

mod base;
#[path = "notes.txt"]
mod notes;

pub use base::*;
