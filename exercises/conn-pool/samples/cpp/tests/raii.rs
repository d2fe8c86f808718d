use conn_pool::Pool;

#[test]
fn scope_exit_returns() {
    let pool = Pool::new(vec![1, 2, 3]);
    {
        let _a = pool.get();
        let _b = pool.get();
        assert_eq!(pool.in_use(), 2);
    }
    assert_eq!(pool.in_use(), 0);
    assert_eq!(pool.close(), vec![1, 2, 3]);
}

#[test]
fn unwinding_destroys() {
    let pool = Pool::new(vec![1]);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _guard = pool.get();
        panic!("thrown");
    }));
    assert!(result.is_err());
    assert_eq!((pool.idle(), pool.in_use()), (0, 0));
}
