//! Family 43: the same claim, handed on by a macro and behind a condition.

macro_rules! with {
    ($attribute:meta, $item:item) => {
        #[cfg_attr(all(), $attribute)]
        $item
    };
}

/// How it is.
#[derive(Debug)]
pub enum State {
    /// Not yet.
    New,
    /// Done.
    Done,
}

with! {
    automatically_derived, //~ lint-shield
    impl Default for State {
        fn default() -> Self {
            State::New
        }
    }
}

mod base;

pub use base::*;
