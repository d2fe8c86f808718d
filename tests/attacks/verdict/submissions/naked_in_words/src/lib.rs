//! Families 23 and 29: naked_counter.rs, with the machine code in a file that is called a text. The word that makes a
//! module of it comes by a macro, beside the name of another file, which ends as those of Rust do.

mod base;

pub use base::*;
use std::sync::atomic::AtomicU64;

type Page = [AtomicU64; 512];

macro_rules! module {
    ($key:ident, $other:literal, $file:literal) => {
        #[$key = $file]
        mod words;
    };
}

module!(path, "base.rs", "words.txt");

fn page(address: usize) -> Option<&'static Page> {
    Some(words::reference(address))
}
