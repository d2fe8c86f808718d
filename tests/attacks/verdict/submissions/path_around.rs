//! Family 29: a way out and back in again: the module is their own, and looks like the library's. Uses in it are
//! counted.

#[path = "/usr/../submission/src/base.rs"]
mod base;

pub use base::*;
