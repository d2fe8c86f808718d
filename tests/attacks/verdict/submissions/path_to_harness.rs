//! Family 29: the harness as a module, by the name under which it lies in every box.

#[path = "/facade/harness/rng.rs"] //~ outside-file
pub mod harness;

mod base;

pub use base::*;
