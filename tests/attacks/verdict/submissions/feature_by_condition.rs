// Family 28: the same behind a condition.

#![cfg_attr(all(), feature(rustc_attrs, lang_items))] //~ language-feature

mod base;

pub use base::*;
