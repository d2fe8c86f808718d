//! Family 43: the method is a word that comes from the caller; the macro itself names none.

macro_rules! ask {
    ($value:expr, $method:ident) => {
        $value.$method()
    };
}

/// Four copies.
pub fn copies(word: &str) -> [String; 4] {
    [
        ask!(word, to_owned),
        ask!(word, to_owned),
        ask!(word, to_owned),
        ask!(word, to_owned),
    ]
}

mod base;

pub use base::*;
