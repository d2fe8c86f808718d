//! Family 43: copies are written once, in a macro, and made in many places. Each expansion counts.

macro_rules! own {
    ($value:expr) => {
        $value.to_owned() //~ hidden-uses
    };
}

/// Four copies.
pub fn copies(word: &str) -> [String; 4] {
    [own!(word), own!(word), own!(word), own!(word)]
}

mod base;

pub use base::*;
