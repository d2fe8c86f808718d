//! Threads share a pool of connections that must stay on one.
#![allow(dead_code, unused_mut, unused_variables)]

use conn_pool::Pool;
use std::rc::Rc;

struct Connection(Rc<u64>);

fn main() {
    let pool = Pool::new(vec![Connection(Rc::new(0))]);
    std::thread::scope(|scope| {
        scope.spawn(|| drop(pool.get())); //~ E0277
    });
}
