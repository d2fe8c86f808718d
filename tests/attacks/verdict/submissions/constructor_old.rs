//! Family 21: the same in the spelling of old editions, behind a condition that always holds.

extern "C" fn before_main() {}

#[cfg_attr(all(), used, link_section = ".init_array")] //~ linker-symbol
pub static ENTRY: extern "C" fn() = before_main;

mod base;

pub use base::*;
