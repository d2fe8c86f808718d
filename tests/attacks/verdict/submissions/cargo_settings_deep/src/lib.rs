//! Family 36: the same below the sources, and in the old spelling.

mod base;

pub use base::*;
