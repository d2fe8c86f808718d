//! Families 18 and 43: the condition comes from a macro, as a word and as a whole attribute.

macro_rules! only {
    ($view:ident, $item:item) => {
        #[cfg(not($view))]
        $item
    };
}

only!(clippy, pub const HIDDEN: u64 = 1;); //~ clippy-only

macro_rules! with {
    ($attribute:meta, $item:item) => {
        #[$attribute]
        $item
    };
}

with!(cfg(not(r#clippy)), pub const BURIED: u64 = 2;); //~ clippy-only

mod base;

pub use base::*;
