// Not Rust: what a parser and a formatter say to it.
pub fn open( -> { "
