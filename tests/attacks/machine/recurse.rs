//! A recursion without an end: the guard page below the stack ends it.

#![allow(unconditional_recursion)]

use std::hint::black_box;

fn deeper(depth: u64) -> u64 {
    black_box([depth; 512])[depth as usize % 512] + deeper(black_box(depth + 1))
}

fn main() {
    println!("BREACH: the bottom is {}", deeper(0));
}
