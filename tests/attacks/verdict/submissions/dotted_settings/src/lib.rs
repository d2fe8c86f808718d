//! Family 40: the same keys in the other spellings that TOML has: dotted, quoted, inline, in one line.

mod base;

pub use base::*;
