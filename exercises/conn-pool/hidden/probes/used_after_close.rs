//! The pool is used after it was closed.
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
    let mut pool = Pool::new(vec![Connection(0)]);
    let connections = pool.close();
    pool.add(Connection(1)); //~ E0382
}
