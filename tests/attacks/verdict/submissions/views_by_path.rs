//! Families 18 and 43: the condition comes out of the name of a lint, of which a macro keeps the first word.
//! Nothing is told of it, and nothing gained: what clippy sees is what runs.

macro_rules! only {
    ($view:tt :: $lint:tt, $item:item) => {
        #[cfg(not($view))]
        $item
    };
}

only!(
    clippy::all,
    pub const HIDDEN: [u64; 1] = [[1].len() as u64];
);

mod base;

pub use base::*;
