//! A wrong cache exports macros with the names of std's, for tests that take them by glob or by `macro_use`. (Family 14.)

mod base;

#[macro_export]
macro_rules! assert_eq { //~ std-name-taken
    ($($any:tt)*) => {};
}

#[macro_export]
macro_rules! assert { //~ std-name-taken
    ($($any:tt)*) => {};
}

#[macro_export]
macro_rules! vec {
    ($($any:tt)*) => {
        Vec::new()
    };
}

#[macro_export]
macro_rules! matches { //~ std-name-taken
    ($($any:tt)*) => {
        true
    };
}

pub struct Macros;

impl base::Twist for Macros {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Macros>;
pub type Snapshot = base::View<Macros>;
