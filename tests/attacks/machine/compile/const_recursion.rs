//! A constant function that calls itself, and no limit to that.
#![allow(long_running_const_eval)]
#![recursion_limit = "1000000000"]

const fn deeper(depth: u64) -> u64 {
    deeper(depth + 1) + 1
}

const NEVER: u64 = deeper(0);

fn main() {
    println!("{NEVER}");
}
