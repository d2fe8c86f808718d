use read_states::ReadStates;

#[test]
fn says_who_has_read() {
    assert_eq!(ReadStates::new(2).capacity(), 2);
}
