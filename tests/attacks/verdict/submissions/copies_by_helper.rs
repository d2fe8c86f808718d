//! Family 43: a function that copies anything is called wherever a copy is wanted. One place copies, and one is
//! counted; what it costs, only the counts of allocations tell.

fn own<T: ToOwned + ?Sized>(value: &T) -> T::Owned {
    value.to_owned()
}

/// Eight copies.
pub fn copies(word: &str) -> [String; 8] {
    [
        own(word),
        own(word),
        own(word),
        own(word),
        own(word),
        own(word),
        own(word),
        own(word),
    ]
}

mod base;

pub use base::*;
