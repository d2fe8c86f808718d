// Control: who holds themselves to more than others: lints denied, features asked about, a limit raised within
// reason.

#![deny(unsafe_code, missing_debug_implementations)]
#![warn(clippy::pedantic, rust_2018_idioms)]
#![recursion_limit = "256"]
#![doc = "A cache."]
#![cfg_attr(docsrs, doc(html_no_source))]
#![allow(clippy::must_use_candidate)]

mod base;

pub use base::*;
