//! Family 24: safe code writes to its own memory through /proc/self/mem. std::fs is not part of this exercise.

use std::fs::OpenOptions; //~ withheld-std
use std::io::{Seek, SeekFrom, Write}; //~ withheld-std

pub fn patch(address: u64, bytes: &[u8]) -> Option<()> {
    let mut memory = OpenOptions::new().write(true).open("/proc/self/mem").ok()?;
    memory.seek(SeekFrom::Start(address)).ok()?;
    memory.write_all(bytes).ok()
}

mod base;

pub use base::*;
