//! Family 26: the name of the calling convention is a literal that comes from the caller.

macro_rules! block {
    ($convention:literal) => {
        extern $convention { //~ foreign-code
            pub fn abort() -> !;
        }
    };
}

block!("C");

mod base;

pub use base::*;
