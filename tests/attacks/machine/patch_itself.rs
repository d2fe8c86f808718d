//! Its own memory, by a file: safe Rust that undoes what the compiler has proved.

use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;

static ANSWER: [u8; 8] = *b"original";

fn main() {
    let place = std::hint::black_box(&ANSWER).as_ptr() as u64;
    let patched = OpenOptions::new().write(true).open("/proc/self/mem").and_then(|memory| memory.write_at(b"replaced", place));

    match patched {
        Ok(_) => println!("BREACH: the answer is {}", String::from_utf8_lossy(std::hint::black_box(&ANSWER))),
        Err(error) => println!("HELD: {error}"),
    }
}
