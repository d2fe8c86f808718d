//! Family 43: a macro that repeats what is in it. The compiler says the same of the same words once only, so one
//! use stands for all: the count is the least there can be, which the finding says.

macro_rules! own {
    ($($value:expr),+) => {
        [$($value.to_owned()),+] //~ hidden-uses
    };
}

/// Eight copies.
pub fn copies(word: &str) -> [String; 8] {
    own!(word, word, word, word, word, word, word, word)
}

mod base;

pub use base::*;
