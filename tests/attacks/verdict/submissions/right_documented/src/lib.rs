//! Control: a right cache that takes its README for its documentation, and its version from cargo. (Families 29 to 33.)
#![doc = include_str!("../README.md")]

mod base;

pub const VERSION: Option<&str> = option_env!("CARGO_PKG_VERSION");

pub struct Plain;

impl base::Twist for Plain {}

pub type ReadStates = base::Cache<Plain>;
pub type Snapshot = base::View<Plain>;

#[cfg(test)]
mod tests;
