//! The rules of the brief that show at run time; those that show at compile time are doc tests in the library.

use conn_pool::Pool;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts its drops.
struct Connection<'count>(u32, &'count AtomicUsize);

impl Drop for Connection<'_> {
    fn drop(&mut self) {
        self.1.fetch_add(1, Ordering::Relaxed);
    }
}

fn pool(count: &AtomicUsize, size: u32) -> Pool<Connection<'_>> {
    Pool::new((0..size).map(|number| Connection(number, count)).collect())
}

fn numbers(connections: &[Connection]) -> Vec<u32> {
    connections.iter().map(|connection| connection.0).collect()
}

#[test]
fn the_warmest_comes_first() {
    let pool = Pool::new(vec![1, 2, 3]);
    let (three, two) = (pool.get().unwrap(), pool.get().unwrap());
    assert_eq!((*three, *two), (3, 2));
    three.release();
    drop(two);
    pool.add(4);
    assert_eq!(pool.close(), [1, 3, 2, 4]);
}

#[test]
fn each_connection_is_dropped_once() {
    let drops = AtomicUsize::new(0);
    let pool = pool(&drops, 3);
    pool.get().unwrap().discard();
    assert_eq!(
        (drops.load(Ordering::Relaxed), pool.idle(), pool.in_use()),
        (1, 2, 0)
    );
    pool.get().unwrap().release();
    assert_eq!(drops.load(Ordering::Relaxed), 1);
    drop(pool);
    assert_eq!(drops.load(Ordering::Relaxed), 3);
}

#[test]
fn a_panic_takes_its_connection_along() {
    let drops = AtomicUsize::new(0);
    let pool = pool(&drops, 3);
    let other = pool.get().unwrap();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let _guard = pool.get();
        panic!("in the middle of a request");
    }));
    assert!(outcome.is_err());
    assert_eq!(
        (drops.load(Ordering::Relaxed), pool.idle(), pool.in_use()),
        (1, 1, 1)
    );
    other.release();
    assert_eq!(numbers(&pool.close()), [0, 2]);
}

#[test]
fn a_clean_up_may_use_the_pool() {
    struct Goodbye<'pool>(&'pool Pool<u32>);
    impl Drop for Goodbye<'_> {
        fn drop(&mut self) {
            *self.0.get().unwrap() += 1;
        }
    }
    let pool = Pool::new(vec![1]);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let _goodbye = Goodbye(&pool);
        panic!("while something remains to be said");
    }));
    assert!(outcome.is_err());
    assert_eq!(pool.close(), [2]);
}

#[test]
fn threads_share_a_pool() {
    let pool = Pool::new(vec![0; 3]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut done = 0;
                while done < 100 {
                    match pool.get() {
                        Some(mut uses) => {
                            *uses += 1;
                            done += 1;
                        }
                        None => std::thread::yield_now(),
                    }
                }
            });
        }
        let guard = pool.get();
        scope.spawn(move || drop(guard));
    });
    assert_eq!((pool.idle(), pool.in_use()), (3, 0));
    assert_eq!(pool.close().iter().sum::<i32>(), 400);
}

#[test]
fn an_empty_pool_gives_nothing_until_one_is_added() {
    let pool = Pool::new(Vec::new());
    assert!(pool.get().is_none());
    pool.add("late");
    assert_eq!(pool.get().as_deref(), Some(&"late"));
}
