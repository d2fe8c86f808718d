//! Family 21: the attribute is handed on as a whole, token by token, so that no bracket stands before it.

extern "C" fn before_main() {}

macro_rules! attribute {
    ([$($token:tt)*] $item:item) => {
        #[$($token)*]
        $item
    };
}

attribute!([unsafe(link_section = ".init_array")] static ENTRY: extern "C" fn() = before_main;); //~ linker-symbol

mod base;

pub use base::*;
