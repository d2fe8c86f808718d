//! Threads share a pool of connections that may move between them.
#![allow(dead_code, unused_mut, unused_variables)]

use conn_pool::Pool;
use std::sync::Arc;

struct Connection(Arc<u64>);

fn main() {
    let pool = Pool::new(vec![Connection(Arc::new(0))]);
    std::thread::scope(|scope| {
        scope.spawn(|| drop(pool.get()));
    });
}
