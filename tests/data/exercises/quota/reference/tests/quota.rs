use quota::Quota;

/// Up to the last byte.
#[test]
fn takes_all_of_it() {
    let mut quota = Quota::new(10);
    assert_eq!(quota.take(4), Ok(6));
    assert_eq!(quota.take(6), Ok(0));
    assert_eq!(quota.left(), 0);
}

#[test]
fn refuses_and_takes_nothing() {
    let mut quota = Quota::new(3);
    assert_eq!(quota.take(5), Err(2));
    assert_eq!(quota.left(), 3);
}

#[test]
fn has_a_limit() {
    let mut quota = Quota::new(8);
    quota.take(1).unwrap();
    quota.give_back(5);
    assert_eq!(quota.left(), 8);
}
