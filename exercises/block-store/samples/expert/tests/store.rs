//! Whole states after each step, and buffers by their address.

use block_store::{BlockStore, Put, Usage, key_of};

const FILE: u64 = 1;
const OTHER: u64 = 2;

fn put(store: &mut BlockStore, block: &[u8]) -> u64 {
    match store.put(block.to_vec()) {
        Put::Stored(key) => key,
        other => panic!("not new: {other:?}"),
    }
}

#[track_caller]
fn has(store: &BlockStore, stored: u64, idle: u64, named: u64) {
    let usage = Usage {
        stored,
        idle,
        named,
    };
    assert_eq!(store.usage(), usage);
}

fn content(store: &BlockStore, file: u64) -> Option<Vec<&[u8]>> {
    store.read(file).map(Iterator::collect)
}

#[test]
fn books_follow_a_file_through_its_life() {
    let mut store = BlockStore::new();
    let (a, bb) = (put(&mut store, b"a"), put(&mut store, b"bb"));
    has(&store, 3, 3, 0);
    assert_eq!(store.commit(FILE, &[bb, a, bb]), Ok(()));
    has(&store, 3, 0, 5);
    assert_eq!((store.uses(a), store.uses(bb)), (Some(1), Some(2)));
    assert_eq!(store.commit(FILE, &[bb]), Ok(()));
    has(&store, 3, 1, 2);
    assert_eq!(store.get(a), Some(&b"a"[..]));
    assert!(store.remove(FILE) && !store.remove(FILE));
    assert_eq!(content(&store, FILE), None);
    has(&store, 3, 3, 0);
    assert_eq!((store.sweep(), store.sweep()), (3, 0));
    assert_eq!((store.uses(a), store.get(bb)), (None, None));
}

#[test]
fn files_keep_order_and_repeats() {
    let mut store = BlockStore::new();
    let (a, b) = (put(&mut store, b"a"), put(&mut store, b"b"));
    assert_eq!(store.commit(FILE, &[b, a, b]), Ok(()));
    assert_eq!(content(&store, FILE), Some(vec![&b"b"[..], b"a", b"b"]));
}

#[test]
fn failures_leave_no_trace() {
    let mut store = BlockStore::new();
    let a = put(&mut store, b"a");
    assert_eq!(store.commit(FILE, &[a]), Ok(()));
    assert_eq!(store.commit(FILE, &[a, 8, a, 9]), Err(8));
    assert_eq!(store.commit(OTHER, &[a, 8]), Err(8));
    assert_eq!(store.uses(a), Some(1));
    assert_eq!(content(&store, OTHER), None);
    has(&store, 1, 0, 1);
}

#[test]
fn a_file_is_taken_without_what_others_use() {
    let mut store = BlockStore::new();
    let keys: Vec<u64> = (0..20).map(|number| put(&mut store, &[number])).collect();
    let twice = [&keys[..], &keys[..]].concat();
    assert_eq!(store.commit(FILE, &twice), Ok(()));
    assert_eq!(store.commit(OTHER, &keys[3..4]), Ok(()));
    let own = store.take(FILE).expect("it is there");
    let order: Vec<u64> = own.iter().map(|&(key, _)| key).collect();
    assert_eq!(order, [&keys[..3], &keys[4..]].concat());
    assert_eq!(content(&store, OTHER), Some(vec![&[3][..]]));
    has(&store, 1, 0, 1);
    assert_eq!(store.take(FILE), None);
}

#[test]
fn nothing_counts_too() {
    let mut store = BlockStore::new();
    let empty = put(&mut store, b"");
    assert_eq!(store.get(empty), Some(&[][..]));
    assert_eq!(store.commit(FILE, &[]), Ok(()));
    assert_eq!(content(&store, FILE), Some(vec![]));
}

#[test]
fn two_blocks_of_one_key_do_not_mix() {
    // FNV-1a comes to 0 here, and stays there
    let zero = [0xd5, 0x6b, 0xb9, 0x53, 0x42, 0x87, 0x08, 0x36];
    let longer = [&zero[..], &[0; 4]].concat();
    let mut store = BlockStore::new();
    assert_eq!(put(&mut store, &zero), key_of(&longer));
    let Put::Refused(longer) = store.put(longer) else {
        panic!("it was taken for the other");
    };
    assert_eq!(store.get(0), Some(&zero[..]));
    store.sweep();
    assert!(matches!(store.put(longer), Put::Stored(0)));
}

#[test]
fn buffers_are_the_ones_that_came() {
    let mut store = BlockStore::new();
    let mut first = Vec::with_capacity(64);
    first.extend([1, 2, 3]);
    let (was, again) = (first.as_ptr(), first.to_vec());
    let came = again.as_ptr();
    let Put::Stored(key) = store.put(first) else {
        panic!("it is new");
    };
    let Put::Known(_, again) = store.put(again) else {
        panic!("it is known");
    };
    assert_eq!(again.as_ptr(), came);
    assert_eq!(store.get(key).map(<[u8]>::as_ptr), Some(was));
    assert_eq!(store.commit(FILE, &[key]), Ok(()));
    let (_, out) = store.take(FILE).expect("it is there").remove(0);
    assert_eq!((out.as_ptr(), out.capacity()), (was, 64));
}
