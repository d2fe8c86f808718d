// Family 28: a limit on recursion that is none, and a macro that recurs. The compiler stops at a limit of its box.

#![recursion_limit = "100000000"]

macro_rules! again {
    ($($token:tt)*) => { again! { $($token)* x } };
}

again! { x }

mod base;

pub use base::*;
