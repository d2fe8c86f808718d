//! Examples, not the whole story: the brief has more rules than these.
#![allow(unused_mut)] // what needs `mut` depends on your design

use conn_pool::Pool;

#[test]
fn a_connection_is_taken_used_and_returned() {
    let pool = Pool::new(vec![String::from("a"), String::from("b")]);
    let mut guard = pool.get().expect("two are idle");
    guard.push('!');
    assert_eq!((pool.idle(), pool.in_use()), (1, 1));
    guard.release();
    assert_eq!((pool.idle(), pool.in_use()), (2, 0));
    assert_eq!(pool.get().as_deref().map(String::as_str), Some("b!"));
}

#[test]
fn there_are_no_more_than_there_are() {
    let pool = Pool::new(vec![1, 2]);
    let first = pool.get();
    let second = pool.get();
    assert!(first.is_some() && second.is_some());
    assert!(pool.get().is_none());
    drop(first);
    assert_eq!(pool.get().as_deref(), Some(&2));
}

#[test]
fn a_broken_connection_does_not_come_back() {
    let mut pool = Pool::new(vec![1, 2]);
    let mut guard = pool.get().expect("two are idle");
    guard.discard();
    pool.add(3);
    assert_eq!(pool.close(), [1, 3]);
}
