//! Family 26: foreign items inside a function, with a raw string for the convention.

pub fn leave() {
    extern r#"C"# { //~ foreign-code
        #[link_name = "_exit"] //~ linker-symbol
        fn leave(code: i32) -> !;
    }
}

mod base;

pub use base::*;
