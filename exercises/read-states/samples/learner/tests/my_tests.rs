use read_states::ReadStates;

#[test]
fn test_mark() {
    let mut s = ReadStates::new(10);
    s.mark(1, 2, 3);
    assert_eq!(s.peek(1, 2).unwrap(), 3);
}

#[test]
fn test_forget() {
    let mut s = ReadStates::new(10);
    s.mark(1, 2, 3);
    assert_eq!(s.forget(1).unwrap().user(), 1);
    assert_eq!(s.len(), 0);
}
