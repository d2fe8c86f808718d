//! Needs Rust 1.87.
use std::io::{Read, Write};

fn main() {
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    let other = std::thread::spawn(move || writer.write_all(b"through a pipe").unwrap());
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    other.join().unwrap();
    assert_eq!(text, "through a pipe");
}
