// Families 18 and 43: a lint of clippy's that is denied makes its run fail, and a second compile, without clippy, takes
// its place. What clippy counted is then another program than the one that runs. It must be the same one: here the one
// that is shown to clippy, which is wrong.
#![deny(clippy::implicit_return)]

#[cfg(clippy)] //~ clippy-only
mod base;
#[cfg(not(clippy))] //~ clippy-only
mod real;

#[cfg(clippy)] //~ clippy-only
pub use base::*;
#[cfg(not(clippy))] //~ clippy-only
pub use real::*;
