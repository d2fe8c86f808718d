//! Family 41: settings of rustfmt in the submission and below its sources. What is badly set is badly set.

mod base;

pub use base::*;

pub fn   badly( set : u64 )->u64{set}
