//! Family 43: the same for the whole crate, behind a condition, with white space in the path.

#[cfg_attr(all(), r#clippy :: /* of old */ msrv = "1.0.0")] //~ lint-shield
mod old {
    /// Not as clippy would have it, from 1.17 on.
    pub fn pair(left: u64) -> super::Pair {
        super::Pair { left: left }
    }
}

/// Only one half.
pub struct Pair {
    pub left: u64,
}

pub use old::pair;

mod base;

pub use base::*;
