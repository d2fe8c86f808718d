//! The pool is closed while a guard is out.
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
    let connections = pool.close(); //~ E0505
    guard.send(1);
}
