use quota::Quota;

#[test]
fn takes() {
    let mut quota = Quota::new(10);
    assert_eq!(quota.take(4), Ok(6));
}
