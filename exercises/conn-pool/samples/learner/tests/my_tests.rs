use conn_pool::Pool;

#[test]
fn test_release() {
    let pool = Pool::new(vec![1]);
    let mut guard = pool.get().unwrap();
    assert_eq!(pool.idle(), 0);
    guard.release();
    assert_eq!(pool.idle(), 1);
}

#[test]
#[should_panic]
fn test_use_after_release() {
    let pool = Pool::new(vec![1]);
    let mut guard = pool.get().unwrap();
    guard.release();
    *guard += 1;
}

#[test]
fn test_drop() {
    let pool = Pool::new(vec![1]);
    {
        let _guard = pool.get().unwrap();
    }
    assert_eq!(pool.idle(), 1);
}
