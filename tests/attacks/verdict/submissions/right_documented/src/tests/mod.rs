use super::*;

#[test]
fn an_empty_cache_has_nothing() {
    assert_eq!(ReadStates::new(1).peek(1, 2), None);
}
