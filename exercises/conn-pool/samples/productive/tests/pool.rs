use conn_pool::Pool;
use std::thread;

#[test]
fn last_returned_is_taken_first() {
    let pool = Pool::new(vec!["a", "b", "c"]);
    let c = pool.get();
    let b = pool.get();
    drop(c);
    drop(b);
    assert_eq!(pool.get().as_deref(), Some(&"b"));
    assert_eq!(pool.close(), ["a", "c", "b"]);
}

#[test]
fn discarded_connections_are_gone() {
    let pool = Pool::new(vec![1]);
    if let Some(guard) = pool.get() {
        guard.discard();
    }
    assert!(pool.get().is_none());
    assert_eq!((pool.idle(), pool.in_use()), (0, 0));
}

#[test]
fn panicking_thread_does_not_return_its_connection() {
    let pool = Pool::new(vec![1, 2]);
    let ended = thread::scope(|scope| {
        scope
            .spawn(|| {
                let _guard = pool.get();
                panic!("request failed");
            })
            .join()
    });
    assert!(ended.is_err());
    assert_eq!((pool.idle(), pool.in_use()), (1, 0));
}

#[test]
fn threads_can_share_the_pool() {
    let pool = Pool::new(vec![0u32; 2]);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..100 {
                    if let Some(mut uses) = pool.get() {
                        *uses += 1;
                    }
                }
            });
        }
    });
    assert_eq!(pool.close().iter().sum::<u32>(), 200);
}
