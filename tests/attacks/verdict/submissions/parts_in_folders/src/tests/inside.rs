#[test]
fn one() {
    assert_eq!(super::ONE, 1);
}
