//! Family 21: a function that the loader calls before main, by an entry in .init_array. Stopped by -F unsafe_code,
//! and by the source rules.

extern "C" fn before_main() {
    println!("before main");
}

#[used] //~ linker-symbol
#[unsafe(link_section = ".init_array")] //~ linker-symbol
static ENTRY: extern "C" fn() = before_main;

mod base;

pub use base::*;
