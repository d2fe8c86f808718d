//! Family 43: a macro that calls a macro that makes functions, one at each call. Each call counts.

macro_rules! inner {
    ($function:ident, $kind:ty) => {
        /// A copy.
        pub fn $function(word: &$kind) -> String {
            word.to_owned() //~ hidden-uses
        }
    };
}

macro_rules! outer {
    ($first:ident, $second:ident) => {
        inner!($first, str);
        inner!($second, str);
    };
}

outer!(first, second);
outer!(third, fourth);

mod base;

pub use base::*;
