// Control: macros that honest people write, none of which hides a use: constructors, tests, a list of variants, a
// matcher.

#![warn(clippy::pedantic)]
#![allow(clippy::must_use_candidate)]

macro_rules! numbers {
    ($($name:ident = $value:expr),+ $(,)?) => {
        $(
            #[doc = concat!("The number ", stringify!($name), ".")]
            pub const $name: u64 = $value;
        )+

        /// All of them.
        pub const ALL: &[u64] = &[$($name),+];
    };
}

numbers! {
    ONE = 1,
    TWO = ONE + 1,
}

/// A list of pairs.
#[macro_export]
macro_rules! pairs {
    () => {
        Vec::<(u64, u64)>::new()
    };
    ($($channel:expr => $message:expr),+ $(,)?) => {
        [$(($channel, $message)),+]
    };
}

macro_rules! is_small {
    ($number:expr) => {
        matches!($number, 0..=9)
    };
}

/// One figure.
#[inline]
pub const fn one_figure(number: u64) -> bool {
    is_small!(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! reads {
        ($($name:ident: $mark:expr),+) => {
            $(
                #[test]
                fn $name() {
                    let mut states = ReadStates::new(1);
                    states.mark(1, 1, $mark);
                    assert_eq!(states.snapshot(1).unwrap().marks().to_vec(), [(1, $mark)]);
                }
            )+
        };
    }

    reads!(one: 1, two: 2);
}

mod base;

pub use base::*;
