//! Control: the shared right pool as it is. (Families 13, 16 and 46.)

mod base;

pub use base::*;
