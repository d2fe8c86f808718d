// A crate without std has core, alloc where it asks, and std by name.
#![no_std]
#![deny(warnings)]

extern crate alloc;
#[macro_use]
extern crate std;

use alloc::{boxed::Box, string::String, vec::Vec};
use std::collections::HashMap;

pub fn collects(words: &[&str]) -> (HashMap<String, usize>, Box<[Vec<u8>]>) {
    println!("{}", vec![1].len());
    (words.iter().map(|word| ((*word).into(), word.len())).collect(), Box::new([]))
}
