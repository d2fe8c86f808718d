//! The pool is closed after the guard has returned.
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
    let mut guard = pool.get().unwrap();
    guard.send(1);
    drop(guard);
    let connections = pool.close();
}
