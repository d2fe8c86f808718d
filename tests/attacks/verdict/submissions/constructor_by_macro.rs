//! Family 21: the attribute is put together by a macro from words that stand elsewhere.

extern "C" fn before_main() {}

macro_rules! with {
    ($name:ident, $value:literal, $item:item) => {
        #[$name = $value]
        $item
    };
}

with!(
    link_section, //~ linker-symbol
    ".init_array",
    static ENTRY: extern "C" fn() = before_main;
);

mod base;

pub use base::*;
