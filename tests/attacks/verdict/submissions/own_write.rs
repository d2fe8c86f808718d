//! Family 22: a write of their own, through which the records would go; a raw identifier hides the word from a
//! search for "#[no".

#[r#no_mangle] //~ linker-symbol
pub extern "C" fn write(_: i32, _: *const u8, count: usize) -> usize {
    count
}

mod base;

pub use base::*;
