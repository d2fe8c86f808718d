//! A macro whose argument doubles with each expansion.
#![recursion_limit = "1000000000"]

macro_rules! grow {
    ($($tokens:tt)*) => { grow! { $($tokens)* $($tokens)* } };
}

grow! { x }

fn main() {}
