//! Family 43: a macro that lays its argument out more than once. One use stands in the text, and four are made.

macro_rules! four {
    ($($token:tt)*) => {
        [$($token)*, $($token)*, $($token)*, $($token)*]
    };
}

/// Sixteen copies.
pub fn copies(word: &str) -> [[String; 4]; 4] {
    four!(four!(word.to_owned()))
}

mod base;

pub use base::*;
