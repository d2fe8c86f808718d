use read_states::ReadStates;

#[test]
fn evicts_from_the_tail() {
    let mut cache = ReadStates::new(2);
    cache.mark(1, 1, 1);
    cache.mark(2, 1, 1);
    cache.last_read(1, 1);
    let evicted = cache.mark(3, 1, 1);
    assert_eq!(evicted.unwrap().user(), 2);
    assert_eq!(cache.len(), 2);
}

#[test]
fn copy_on_write() {
    let mut cache = ReadStates::new(1);
    cache.mark(1, 5, 50);
    let snapshot = cache.snapshot(1).unwrap();
    cache.mark(1, 5, 60);
    assert_eq!(snapshot.last_read(5), Some(50));
    assert_eq!(cache.peek(1, 5), Some(60));
}

#[test]
fn zero_capacity() {
    let mut cache = ReadStates::new(0);
    assert_eq!(cache.mark(9, 1, 2).unwrap().user(), 9);
    assert_eq!(cache.is_empty(), true);
}

#[test]
fn erase_from_the_middle() {
    let mut cache = ReadStates::new(3);
    for user in 1..4 {
        cache.mark(user, 0, 0);
    }
    assert_eq!(cache.forget(2).unwrap().user(), 2);
    cache.mark(4, 0, 0);
    assert_eq!(cache.mark(5, 0, 0).unwrap().user(), 1);
}
