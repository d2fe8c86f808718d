//! Two exclusive references to one connection, one after the other.
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
    let first: &mut Connection = &mut guard;
    first.send(1);
    let second: &mut Connection = &mut guard;
    second.send(2);
}
