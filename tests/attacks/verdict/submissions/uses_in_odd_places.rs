//! Family 43: copies in constants, closures, blocks that run later, generic functions, and by names that others
//! gave.

use std::clone::Clone as Twin;

/// A copy by pointer.
pub const COPY: fn(&String) -> String = Clone::clone;

/// A copy for all.
pub trait Double {
    /// The other one.
    fn double(&self) -> Self;
}

impl<T: Twin> Double for T {
    fn double(&self) -> T {
        Twin::clone(self)
    }
}

/// A copy that comes later.
pub async fn later(word: &String) -> String {
    let copy = async { <_>::clone(word) };
    copy.await
}

/// A copy in a closure.
pub fn closure(word: &str) -> impl Fn() -> String + '_ {
    || str::to_owned(word)
}

mod base;

pub use base::*;
