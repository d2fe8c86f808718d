//! Family 43: old_language.rs, with the attribute's path put together by a macro, of which the source holds no whole.

macro_rules! with_attribute {
    ($name:ident, $item:item) => {
        #[clippy::$name = "1.0.0"] //~ lint-shield
        $item
    };
}

with_attribute!(msrv, mod old {
    /// Not as clippy would have it, from 1.73 on.
    pub fn halves(number: u32) -> u32 {
        (number + 1) / 2
    }
});

pub use old::halves;

mod base;

pub use base::*;
