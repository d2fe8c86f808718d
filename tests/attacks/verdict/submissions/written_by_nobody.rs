//! Family 43: an implementation that claims to come from a derive, for which some lints are silent.

/// A pair.
#[derive(Copy, Debug)]
pub struct Pair {
    /// One.
    pub left: u64,
}

#[automatically_derived] //~ lint-shield
impl Clone for Pair {
    fn clone(&self) -> Pair {
        Pair { left: self.left }
    }
}

mod base;

pub use base::*;
