//! Family 36: settings of cargo: a runner that says that all is well, a linker and a wrapper of their own, another
//! place for what is built.

mod base;

pub use base::*;
