//! A reference to the connection is kept while the guard is released.
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
    guard.release(); //~ E0505
    connection.sent();
}
