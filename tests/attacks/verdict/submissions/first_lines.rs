#!/usr/bin/env rustc // a first line for shells, which Rust passes over
                     // Family 43: a mark for the order of bytes and a line for shells stand before the source. Places keep their numbers.
#![deny(clippy::pedantic)]

#[automatically_derived] //~ lint-shield
/// Not as clippy would have it.
pub fn positive(numbers: &Vec<i64>) -> bool {
    for index in 0..numbers.len() {
        if numbers[index] < 0 {
            return false;
        }
    }
    return true;
}

mod base;

pub use base::*;
