use read_states::ReadStates;

#[test]
fn late_marks_do_not_move_back_but_count_as_use() {
    let mut states = ReadStates::new(2);
    states.mark(1, 5, 100);
    states.mark(2, 5, 100);
    states.mark(1, 5, 50);
    assert_eq!(states.peek(1, 5), Some(100));
    assert_eq!(states.mark(3, 5, 1).map(|gone| gone.user()), Some(2));
}

#[test]
fn peek_and_snapshot_do_not_count_as_use() {
    let mut states = ReadStates::new(2);
    states.mark(1, 5, 1);
    states.mark(2, 5, 1);
    states.peek(1, 5);
    states.snapshot(1);
    assert_eq!(states.mark(3, 5, 1).map(|gone| gone.user()), Some(1));
}

#[test]
fn load_keeps_the_furthest() {
    let mut states = ReadStates::new(2);
    states.mark(1, 5, 10);
    states.load(1, &[(6, 3), (5, 9), (6, 2)]);
    let marks = states.snapshot(1).map(|all| all.marks().to_vec());
    assert_eq!(marks, Some(vec![(5, 10), (6, 3)]));
}

#[test]
fn capacity_zero_hands_everything_back() {
    let mut states = ReadStates::new(0);
    let back = states.mark(1, 5, 10).expect("nobody can stay");
    assert_eq!((back.user(), back.marks()), (1, &[(5, 10)][..]));
    assert!(states.is_empty());
}

#[test]
fn forget_makes_room() {
    let mut states = ReadStates::new(1);
    states.mark(1, 5, 10);
    assert_eq!(states.forget(1).map(|gone| gone.user()), Some(1));
    assert!(states.forget(1).is_none());
    assert!(states.mark(2, 5, 10).is_none());
}
