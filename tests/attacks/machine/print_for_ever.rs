//! Panic messages without an end, each caught.

use std::panic;

fn main() {
    loop {
        let _ = panic::catch_unwind(|| panic!("{}", "again and ".repeat(100)));
    }
}
