//! Control: modules in folders, one of them by a path inside the tree, and a module of tests in a file of its own.
mod base;
#[path = "parts/numbers.rs"]
mod numbers;
mod words;

pub use base::*;
pub use numbers::ONE;
pub use words::{target, NAME};

#[cfg(test)]
#[path = "tests/inside.rs"]
mod tests;
