//! Family 44: a second tree of modules, in a folder and under names that no tool looks for. Uses there are counted.

mod base;
#[path = "../docs/notes.md"]
mod notes;

pub use base::*;
pub use notes::copies;
