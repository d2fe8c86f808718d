//! The reference to the connection is used before the guard is released.
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
    let mut guard = pool.get().unwrap();
    let connection: &Connection = &guard;
    connection.sent();
    guard.release();
}
