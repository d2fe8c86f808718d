/// A target.
pub const TARGET: &str = NAME;

use super::NAME;
