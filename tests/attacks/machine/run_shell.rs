//! Another program, by std::process.

use std::process::Command;

fn main() {
    match Command::new("/bin/sh").args(["-c", "echo BREACH: a shell"]).status() {
        Ok(status) => println!("BREACH: a shell ended with {status}"),
        Err(error) => println!("HELD: {error}"),
    }
}
