//! Families 41 and 43: nothing is set as rustfmt would, and rustfmt is asked to look away.

#[rustfmt::skip]
pub fn   add( left : u64,right:u64 )->u64{ left.wrapping_add( right ) }

#[cfg_attr(all(), rustfmt::skip)]
pub fn   sub( left : u64,right:u64 )->u64{ left.wrapping_sub( right ) }

mod base;

pub use base::*;
