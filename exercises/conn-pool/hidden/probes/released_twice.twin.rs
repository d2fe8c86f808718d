//! One guard is released, another found broken.
#![allow(dead_code, unused_mut, unused_variables)]

use conn_pool::Pool;

struct Connection(u64);

impl Connection {
    fn send(&mut self, word: u64) {
        self.0 += word;
    }

    fn sent(&self) -> u64 {
        self.0
    }
}

fn main() {
    let pool = Pool::new(vec![Connection(0), Connection(1)]);
    let mut guard = pool.get().unwrap();
    let mut other = pool.get().unwrap();
    guard.release();
    other.discard();
}
