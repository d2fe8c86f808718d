// Family 28: another kind of crate. The command line decides.

#![crate_type = "proc-macro"] //~ language-feature

mod base;

pub use base::*;
