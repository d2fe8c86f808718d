//! Families 20 and 28: an allocator of their own, which would count nothing.

struct Silent;

#[global_allocator] //~ own-allocator
static SILENT: Silent = Silent;

mod base;

pub use base::*;
