//! What happens at run time. What must not compile is in the doc tests of the library.

use conn_pool::Pool;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::rc::Rc;

/// How many connections the pool, its guards and the caller hold together.
fn alive(witness: &Rc<()>) -> usize {
    Rc::strong_count(witness) - 1
}

#[test]
fn a_stack_bottom_to_top() {
    let pool = Pool::new(vec!['a', 'b', 'c']);
    let (c, b) = (pool.get().unwrap(), pool.get().unwrap());
    c.release();
    b.release();
    pool.add('d');
    assert_eq!(pool.close(), ['a', 'c', 'b', 'd']);
}

#[test]
fn discarding_drops_at_once() {
    let witness = Rc::new(());
    let pool = Pool::new(vec![Rc::clone(&witness), Rc::clone(&witness)]);
    let guard = pool.get().unwrap();
    assert_eq!((alive(&witness), pool.idle(), pool.in_use()), (2, 1, 1));
    guard.discard();
    assert_eq!((alive(&witness), pool.idle(), pool.in_use()), (1, 1, 0));
    drop(pool);
    assert_eq!(alive(&witness), 0);
}

#[test]
fn a_panic_drops_what_it_interrupts_and_nothing_else() {
    struct Farewell<'pool>(&'pool Pool<Vec<u8>>);
    impl Drop for Farewell<'_> {
        fn drop(&mut self) {
            self.0.get().unwrap().push(1);
        }
    }
    let pool = Pool::new(vec![vec![], vec![], vec![]]);
    let kept = pool.get();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let _farewell = Farewell(&pool);
        let _interrupted = pool.get();
        panic!("in the middle of a request");
    }));
    assert!(outcome.is_err());
    assert_eq!((pool.idle(), pool.in_use()), (1, 1));
    drop(kept);
    assert_eq!(pool.close(), [vec![1], vec![]]);
}

#[test]
fn threads_and_borrowed_connections() {
    let mut sockets = [0_u32; 3];
    let pool = Pool::new(sockets.iter_mut().collect());
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..100 {
                    **pool.get().expect("as many as threads") += 1;
                }
            });
        }
    });
    assert_eq!((pool.idle(), pool.in_use()), (3, 0));
    drop(pool);
    assert_eq!(sockets.iter().sum::<u32>(), 300);
}

#[test]
fn nothing_comes_from_an_empty_pool() {
    let pool = Pool::new(vec![]);
    assert!(pool.get().is_none());
    pool.add(1);
    assert_eq!(pool.get().map(|guard| *guard), Some(1));
    assert_eq!(pool.idle(), 1);
}
