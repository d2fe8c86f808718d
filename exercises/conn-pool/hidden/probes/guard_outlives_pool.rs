//! The pool ends while its guard is still used.
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
    let guard;
    {
        let pool = Pool::new(vec![Connection(0)]);
        guard = pool.get(); //~ E0597
    }
    guard.unwrap().send(1);
}
