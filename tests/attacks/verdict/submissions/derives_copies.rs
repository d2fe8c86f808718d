//! Family 43: copies in what a derive is made from: a discriminant, the length of an array, a default.

/// The lengths are counted with copies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Lengths {
    /// One.
    pub first: [u8; { count(Some(1).unwrap()) }],
    /// Another.
    pub second: [u8; { count(Some(1).unwrap()) }],
}

const fn count(number: usize) -> usize {
    Some(number).unwrap()
}

mod base;

pub use base::*;
