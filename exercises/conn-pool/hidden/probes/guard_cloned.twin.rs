//! The connection, which can be cloned, is cloned.
#![allow(dead_code, unused_mut, unused_variables)]

use conn_pool::Pool;

#[derive(Clone)]
struct Connection(u64);

fn doubled<T: Clone>(one: &T) -> (T, T) {
    (one.clone(), one.clone())
}

fn main() {
    let pool = Pool::new(vec![Connection(0)]);
    let guard = pool.get().unwrap();
    let both = doubled(&*guard);
}
