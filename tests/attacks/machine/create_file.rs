//! A file of its own, where a test may not have one.

use std::fs::File;

fn main() {
    match File::create("/tmp/answer") {
        Ok(_) => println!("BREACH: a file was made"),
        Err(error) => println!("HELD: {error}"),
    }
}
