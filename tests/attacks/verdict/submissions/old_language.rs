//! Family 43: a module that says that it must compile with the first Rust there was, for which clippy knows little
//! to say.

#[clippy::msrv = "1.0.0"] //~ lint-shield
mod old {
    /// Not as clippy would have it, from 1.17 on.
    pub struct Pair {
        pub left: u64,
        pub right: u64,
    }

    /// A pair.
    pub fn pair(left: u64, right: u64) -> Pair {
        Pair {
            left: left,
            right: right,
        }
    }
}

pub use old::{pair, Pair};

mod base;

pub use base::*;
