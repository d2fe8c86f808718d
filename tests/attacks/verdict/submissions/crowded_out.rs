//! Family 43: warnings by the thousand, among which a few uses are to be lost.

macro_rules! ten {
    ($($token:tt)*) => {
        $($token)* $($token)* $($token)* $($token)* $($token)* $($token)* $($token)* $($token)* $($token)* $($token)*
    };
}

/// Says much.
pub fn much(number: u64) -> u64 {
    ten! { ten! { ten! { let unused = number.clone(); } } }
    number
}

mod base;

pub use base::*;
