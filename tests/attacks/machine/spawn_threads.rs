//! Threads, until there are no more.

use std::thread;
use std::time::Duration;

fn main() {
    for _ in 0..10_000 {
        let spawned = thread::Builder::new().stack_size(16 << 10).spawn(|| thread::sleep(Duration::from_secs(1000)));
        if let Err(error) = spawned {
            println!("HELD: {error}");
            std::process::exit(0);
        }
    }
    println!("BREACH: ten thousand threads were had");
}
