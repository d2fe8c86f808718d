//! Family 22: a main of their own, under an exported name.

#[unsafe(export_name = "main")] //~ linker-symbol
pub extern "C" fn start() -> i32 {
    0
}

mod base;

pub use base::*;
