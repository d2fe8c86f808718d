//! Settings of the cache, not of cargo.

/// At most.
pub const MOST: usize = 10;
