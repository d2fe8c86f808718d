//! A function that needs itself for ever larger types, and no limit to that.
#![recursion_limit = "1000000000"]

fn deeper<T>(left: u64, value: T) -> u64 {
    if left == 0 { 0 } else { deeper(left - 1, (0_u8, value)) }
}

fn main() {
    println!("{}", deeper(9, ()));
}
