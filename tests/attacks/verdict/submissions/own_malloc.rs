//! Family 22: a malloc of their own, with comments between all tokens.

#[/* a */ unsafe /* b */ ( /* /* c */ d */ no_mangle /* e */ )] //~ linker-symbol
pub extern "C" fn malloc(_: usize) -> usize {
    0
}

mod base;

pub use base::*;
