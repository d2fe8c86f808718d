#[test]
fn one_is_one() {
    assert_eq!(1, 1);
}
