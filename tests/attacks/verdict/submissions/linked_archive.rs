//! Family 26: a native archive of their own, by an absolute name, handed in as text.

#[link( //~ foreign-code
    name = "/submission/src/notes.txt",
    kind = "static",
    modifiers = "+verbatim,+whole-archive"
)]
extern "C" {} //~ foreign-code

mod base;

pub use base::*;
