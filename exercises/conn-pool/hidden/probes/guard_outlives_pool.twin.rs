//! The guard is used while the pool is there.
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
    let pool = Pool::new(vec![Connection(0)]);
    let guard;
    {
        guard = pool.get();
    }
    guard.unwrap().send(1);
}
