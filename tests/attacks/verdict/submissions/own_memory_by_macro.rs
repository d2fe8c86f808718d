//! Family 24: the same, by a macro that puts the path together.

macro_rules! of {
    ($library:ident, $module:ident, $name:ident) => {
        ::$library::$module::$name
    };
}

pub fn patch(bytes: &[u8]) -> Option<()> {
    of!(std, fs, write)("/proc/self/mem", bytes).ok() //~ withheld-std
}

mod base;

pub use base::*;
