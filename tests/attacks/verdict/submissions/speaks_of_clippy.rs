// Control: lints are warned of and explained, in attributes and in words; one is allowed with a reason.

#![warn(clippy::pedantic)]
#![deny(unsafe_code)]

/// `#[cfg(clippy)]` and `#[automatically_derived]` are words here, `#[clippy::msrv = "1.0.0"]` too.
pub const WORDS: &str = "#[cfg(not(clippy))] #[automatically_derived] clippy::msrv";

/// How far apart: the names are short on purpose.
#[allow(clippy::many_single_char_names, reason = "as in the paper")]
#[must_use]
pub const fn apart(a: u64, b: u64, c: u64, d: u64, e: u64) -> u64 {
    a.abs_diff(b) + c.abs_diff(d) + e
}

/// The name of a lint.
#[must_use]
pub fn clippy(msrv: &str) -> usize {
    let automatically_derived = msrv.len();
    automatically_derived.min(9)
}

mod base;

pub use base::*;
