//! Family 26: the attribute and the block come from a macro, and the word before the brace from its caller.

macro_rules! block {
    ($attribute:meta, $($head:tt)*) => {
        #[$attribute]
        $($head)* {}
    };
}

block!(link(name = "asan"), extern "C"); //~ foreign-code

mod base;

pub use base::*;
