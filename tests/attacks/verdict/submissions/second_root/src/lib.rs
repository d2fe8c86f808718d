//! Control: a README in the documentation, a module in a folder of parts, a list that is included, tests of their own,
//! and what cargo says of the package.
#![doc = include_str!("../README.md")]

mod base;
#[path = "parts/order.rs"]
mod order;

pub use base::*;
pub use order::FIRST;

/// The version of the package.
pub const VERSION: Option<&str> = option_env!("CARGO_PKG_VERSION");

/// Numbers of months.
pub const MONTHS: [u8; 3] = include!("parts/months.txt");

/// What the words mean.
pub const WORDS: &str = include_str!(concat!("parts/", "words.md"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_at_first() {
        assert!(ReadStates::new(1).is_empty());
    }
}
