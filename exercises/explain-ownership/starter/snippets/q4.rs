//! A storage engine sums up blocks on another thread, once behind the caller's back and once while it waits.

use std::thread::{self, JoinHandle};

fn sum(blocks: &[Vec<u8>]) -> u64 {
    blocks.iter().flatten().map(|byte| u64::from(*byte)).sum()
}

pub fn sum_later(blocks: Vec<Vec<u8>>) -> JoinHandle<u64> {
    thread::spawn(|| {
        let total = sum(&blocks);
        total % 65_521
    })
}

pub fn sum_now(blocks: Vec<Vec<u8>>) -> Option<u64> {
    thread::scope(|scope| {
        let worker = scope.spawn(|| sum(&blocks));
        worker.join().ok()
    })
}
