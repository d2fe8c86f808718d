//! The order of things: `#[path = "/etc/passwd"]` is none.

#[path = "deeper/first.rs"]
mod first;

pub use first::FIRST;
