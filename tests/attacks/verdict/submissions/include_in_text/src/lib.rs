//! Family 29: the words that read a file stand in a file that does not end in .rs.

mod base;
include!("words.txt");

pub use base::*;
