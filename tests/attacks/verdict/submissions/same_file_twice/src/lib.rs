//! Family 44: one file is three modules, of which each copies. Each counts.

mod base;
#[path = "twin.rs"]
pub mod first;
#[path = "twin.rs"]
pub mod second;
#[path = "./../src/twin.rs"]
pub mod third;

pub use base::*;
