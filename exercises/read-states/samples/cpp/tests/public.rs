//! Examples, not the whole story: the brief has more rules than these.

use read_states::ReadStates;

#[test]
fn a_mark_is_read_back() {
    let mut states = ReadStates::new(2);
    assert!(states.mark(1, 10, 500).is_none());
    assert_eq!(states.last_read(1, 10), Some(500));
    assert_eq!(states.last_read(1, 11), None);
    assert_eq!(states.len(), 1);
}

#[test]
fn the_least_recently_used_user_goes_first() {
    let mut states = ReadStates::new(2);
    states.mark(1, 10, 500);
    states.mark(2, 10, 400);
    states.mark(1, 11, 600);
    let gone = states
        .mark(3, 10, 700)
        .expect("there is no room for a third");
    assert_eq!((gone.user(), gone.marks()), (2, &[(10, 400)][..]));
    assert_eq!(states.peek(2, 10), None);
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let mut states = ReadStates::new(2);
    states.load(1, &[(11, 30), (10, 20)]);
    let before = states.snapshot(1).expect("user 1 is in the cache");
    states.mark(1, 10, 25);
    assert_eq!(before.marks(), [(10, 20), (11, 30)]);
    assert_eq!(before.last_read(10), Some(20));
    assert_eq!(states.peek(1, 10), Some(25));
}
