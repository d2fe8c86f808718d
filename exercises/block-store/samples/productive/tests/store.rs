//! The rules that the examples leave out.

use block_store::{BlockStore, Put, key_of};

fn with(blocks: &[&[u8]]) -> BlockStore {
    let mut store = BlockStore::new();
    for block in blocks {
        assert!(matches!(store.put(block.to_vec()), Put::Stored(_)));
    }
    store
}

#[test]
fn a_file_is_read_in_its_order() {
    let mut store = with(&[b"one", b"two"]);
    let (one, two) = (key_of(b"one"), key_of(b"two"));
    assert_eq!(store.commit(1, &[two, one, two]), Ok(()));
    let blocks: Vec<&[u8]> = store.read(1).unwrap().collect();
    assert_eq!(blocks, [b"two", b"one", b"two"]);
}

#[test]
fn a_missing_block_fails_the_commit() {
    let mut store = with(&[b"one"]);
    assert_eq!(store.commit(1, &[key_of(b"one"), 77]), Err(77));
    assert!(store.read(1).is_none());
    assert_eq!(store.uses(key_of(b"one")), Some(0));
}

#[test]
fn a_new_commit_replaces_the_file() {
    let mut store = with(&[b"one", b"three"]);
    store.commit(1, &[key_of(b"one")]).unwrap();
    store.commit(1, &[key_of(b"three")]).unwrap();
    assert_eq!(store.sweep(), 3);
    assert_eq!(store.usage().stored, 5);
}

#[test]
fn shared_blocks_are_not_taken() {
    let mut store = with(&[b"one", b"two"]);
    store.commit(1, &[key_of(b"one"), key_of(b"two")]).unwrap();
    store.commit(2, &[key_of(b"one")]).unwrap();
    assert_eq!(store.take(1).unwrap(), [(key_of(b"two"), b"two".to_vec())]);
    assert!(store.get(key_of(b"one")).is_some());
}

#[test]
fn removing_drops_no_block() {
    let mut store = with(&[b"one"]);
    store.commit(1, &[key_of(b"one")]).unwrap();
    assert!(store.remove(1) && !store.remove(1));
    assert_eq!(store.usage().idle, 3);
}
