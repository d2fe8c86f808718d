//! Each rule of the brief once, where the examples do not have it.

use read_states::{ReadStates, Snapshot};

fn user(snapshot: Option<Snapshot>) -> Option<u64> {
    snapshot.map(|gone| gone.user())
}

#[test]
fn every_kind_of_use_counts_and_looking_does_not() {
    let mut states = ReadStates::new(3);
    for id in 1..=3 {
        states.mark(id, 0, 10);
    }
    states.mark(1, 0, 5); // late
    states.last_read(2, 77); // nothing there
    let _ = (states.peek(3, 0), states.snapshot(3));
    assert_eq!(user(states.mark(4, 0, 1)), Some(3));
    states.load(1, &[]);
    assert_eq!(user(states.mark(5, 0, 1)), Some(2));
}

#[test]
fn loads_merge_to_the_furthest() {
    let mut states = ReadStates::new(1);
    states.mark(1, 2, 20);
    states.load(1, &[(3, 5), (2, 19), (1, 0), (3, 4), (u64::MAX, u64::MAX)]);
    let seen = states.snapshot(1).expect("user 1 is there");
    assert_eq!(
        seen.marks(),
        [(1, 0), (2, 20), (3, 5), (u64::MAX, u64::MAX)]
    );
    assert_eq!(seen.last_read(3), Some(5));
    assert_eq!(seen.last_read(4), None);
}

#[test]
fn snapshots_share_until_a_write_really_moves() {
    let mut states = ReadStates::new(1);
    states.load(1, &[(1, 10), (2, 20)]);
    let before = states.snapshot(1).expect("user 1 is there");
    states.mark(1, 1, 10);
    let same = states.snapshot(1).expect("user 1 is there");
    assert!(std::ptr::eq(before.marks(), same.marks()));
    states.mark(1, 1, 11);
    let moved = states.snapshot(1).expect("user 1 is there");
    assert!(!std::ptr::eq(before.marks(), moved.marks()));
    assert_eq!(before.marks(), [(1, 10), (2, 20)]);
    assert_eq!(moved.marks(), [(1, 11), (2, 20)]);
}

#[test]
fn places_are_used_again_in_any_order() {
    let mut states = ReadStates::new(3);
    for id in 1..=3 {
        states.mark(id, 0, id);
    }
    for (gone, comes) in [(2, 4), (1, 5), (3, 6), (6, 7)] {
        assert_eq!(user(states.forget(gone)), Some(gone));
        assert_eq!(user(states.forget(gone)), None);
        assert_eq!(user(states.mark(comes, 0, 1)), None);
        assert_eq!(states.len(), 3);
    }
    assert_eq!(user(states.mark(8, 0, 1)), Some(4));
    assert_eq!(user(states.mark(9, 0, 1)), Some(5));
}

#[test]
fn no_room_means_everything_comes_back() {
    let mut states = ReadStates::new(0);
    assert_eq!(user(states.mark(1, 1, 1)), Some(1));
    assert_eq!(user(states.load(2, &[])), Some(2));
    assert!(states.is_empty());
    assert!(ReadStates::new(usize::MAX).mark(1, 1, 1).is_none());
}

#[test]
fn a_reader_thread_outlives_the_cache() {
    let mut states = ReadStates::new(1);
    states.load(1, &[(1, 10)]);
    let snapshot = states.snapshot(1).expect("user 1 is there");
    let reader = std::thread::spawn(move || snapshot.last_read(1));
    states.mark(1, 1, 11);
    drop(states);
    assert_eq!(reader.join().ok(), Some(Some(10)));
}
