//! The rules of the brief, one test each.

use read_states::{ReadStates, Snapshot};

fn taken(snapshot: Option<Snapshot>) -> Option<(u64, Vec<(u64, u64)>)> {
    snapshot.map(|gone| (gone.user(), gone.marks().to_vec()))
}

#[test]
fn marks_only_go_forward() {
    let mut states = ReadStates::new(1);
    for message in [0, 5, 3, 5, u64::MAX, 7] {
        states.mark(1, 1, message);
    }
    assert_eq!(states.peek(1, 1), Some(u64::MAX));
}

#[test]
fn reading_is_a_use_and_peeking_is_not() {
    let mut states = ReadStates::new(2);
    states.mark(1, 1, 1);
    states.mark(2, 1, 1);
    assert_eq!(states.last_read(1, 99), None);
    assert_eq!(states.peek(2, 1), Some(1));
    assert!(states.snapshot(2).is_some());
    assert_eq!(taken(states.mark(3, 1, 1)), Some((2, vec![(1, 1)])));
}

#[test]
fn a_late_mark_is_a_use() {
    let mut states = ReadStates::new(2);
    states.mark(1, 1, 9);
    states.mark(2, 1, 9);
    states.mark(1, 1, 3);
    assert_eq!(taken(states.mark(3, 1, 1)), Some((2, vec![(1, 9)])));
}

#[test]
fn the_furthest_of_cache_and_database_wins() {
    let mut states = ReadStates::new(1);
    states.mark(1, 1, 50);
    assert!(states.load(1, &[(2, 8), (1, 40), (2, 6), (0, 0)]).is_none());
    assert_eq!(
        taken(states.snapshot(1)),
        Some((1, vec![(0, 0), (1, 50), (2, 8)]))
    );
}

#[test]
fn a_user_without_marks_is_remembered() {
    let mut states = ReadStates::new(1);
    assert!(states.load(7, &[]).is_none());
    assert_eq!(taken(states.snapshot(7)), Some((7, vec![])));
}

#[test]
fn without_room_nobody_stays_and_nothing_is_lost() {
    let mut states = ReadStates::new(0);
    assert_eq!(taken(states.mark(1, 2, 3)), Some((1, vec![(2, 3)])));
    assert_eq!(
        taken(states.load(4, &[(6, 1), (5, 1)])),
        Some((4, vec![(5, 1), (6, 1)]))
    );
    assert!(states.is_empty());
}

#[test]
fn forgetting_makes_room() {
    let mut states = ReadStates::new(3);
    for user in 1..=3 {
        states.mark(user, 1, user);
    }
    assert_eq!(taken(states.forget(1)), Some((1, vec![(1, 1)])));
    assert!(states.forget(1).is_none());
    assert!(states.mark(4, 1, 4).is_none());
    assert_eq!(taken(states.mark(5, 1, 5)), Some((2, vec![(1, 2)])));
}

#[test]
fn a_reader_keeps_its_snapshot_on_another_thread() {
    let mut states = ReadStates::new(1);
    states.load(1, &[(1, 10), (2, 20)]);
    let snapshot = states.snapshot(1).unwrap();
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| (0..100).all(|_| snapshot.marks() == [(1, 10), (2, 20)]));
        for message in 100..200 {
            states.mark(1, 1, message);
        }
        states.mark(2, 1, 1);
        assert!(reader.join().unwrap());
    });
    assert_eq!(states.len(), 1);
}
