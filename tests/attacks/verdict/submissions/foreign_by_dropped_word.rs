//! Family 26: the words before the brace come from the caller as those of a function, and the macro drops the last;
//! the attribute comes as a whole.

macro_rules! block {
    ($attribute:meta, $foreign:tt $convention:tt fn) => {
        #[$attribute]
        $foreign $convention {}
    };
}

block!(link(name = "asan"), extern "C" fn); //~ foreign-code

mod base;

pub use base::*;
