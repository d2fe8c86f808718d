// Family 43: lints are denied by group, level by level, until clippy's run fails early. Counts are kept.

#![deny(
    clippy::pedantic,
    clippy::nursery,
    clippy::else_if_without_else,
    clippy::pub_use,
    clippy::single_char_lifetime_names
)]
#![forbid(clippy::disallowed_methods, clippy::disallowed_macros)]

/// Four copies.
pub fn copies<'a>(numbers: &'a [u64]) -> Vec<u64> {
    let words: Vec<u64> = numbers.to_vec();
    let again: Vec<u64> = words.clone();
    let third: Vec<u64> = again.clone();
    let last: Vec<u64> = third.clone();
    if last.len() > 3 {
        last
    } else if last.len() > 2 {
        third
    } else {
        again
    }
}

mod base;

pub use base::*;
