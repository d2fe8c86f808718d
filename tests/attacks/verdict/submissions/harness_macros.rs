//! A wrong cache exports what the hidden tests take from the harness: a macro `tests`, a module `assay` and a type `Test`, and
//! macros that are named like the types that the tests take. (Family 14.)

mod base;

#[macro_export]
macro_rules! tests {
    ($($any:tt)*) => {
        fn main() {}
    };
}

#[macro_export]
macro_rules! ReadStates {
    ($($any:tt)*) => {
        compile_error!("not for you")
    };
}

pub mod assay {
    pub struct Test;

    impl Test {
        pub fn observe<T: ?Sized>(&mut self, _: &str, _: &T) {}
    }

    pub use crate::tests;
}

pub struct Poses;

impl base::Twist for Poses {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Poses>;
pub type Snapshot = base::View<Poses>;
