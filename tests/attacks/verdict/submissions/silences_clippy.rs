// Family 27: everything that clippy and rustc could say is allowed, in each place where that can be said. The
// counts stay.

#![allow(clippy::all, clippy::pedantic, clippy::restriction, warnings)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::disallowed_types
)]

#[expect(clippy::disallowed_methods, clippy::unwrap_used)]
pub fn first(words: &[String]) -> String {
    return words.first().unwrap().clone();
}

#[allow(clippy::clone_on_copy)]
pub fn same(number: u64) -> u64 {
    number.clone().clone().clone().clone()
}

mod base;

pub use base::*;
