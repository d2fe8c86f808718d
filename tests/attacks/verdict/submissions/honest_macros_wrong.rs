//! Control: the same kinds of macros beside the honest wrong cache, and derives of every kind.

macro_rules! getters {
    ($($name:ident),+) => {
        $(
            #[must_use]
            pub fn $name(&self) -> u64 {
                self.$name
            }
        )+
    };
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    channel: u64,
    message: u64,
}

impl Position {
    getters!(channel, message);
}

mod base;

pub use base::*;
