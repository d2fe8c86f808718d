use block_store::*;

fn must_store(store: &mut BlockStore, data: Vec<u8>) -> u64 {
    match store.put(data) {
        Put::Stored(key) => return key,
        _ => panic!("not stored"),
    }
}

#[test]
fn reference_counts() {
    let mut store = BlockStore::new();
    let a = must_store(&mut store, vec![1]);
    let b = must_store(&mut store, vec![2]);
    store.commit(1, &[a, a, b]).unwrap();
    store.commit(2, &[b]).unwrap();
    assert_eq!(store.uses(a), Some(2));
    assert_eq!(store.uses(b), Some(2));
    store.commit(1, &[b]).unwrap();
    assert_eq!(store.uses(a), Some(0));
}

#[test]
fn strong_guarantee() {
    let mut store = BlockStore::new();
    let a = must_store(&mut store, vec![1]);
    assert_eq!(store.commit(1, &[a, 9, 8]), Err(9));
    assert_eq!(store.uses(a), Some(0));
    assert_eq!(store.remove(1), false);
}

#[test]
fn moves_do_not_copy() {
    let mut store = BlockStore::new();
    let buffer = vec![7; 100];
    let pointer = buffer.as_ptr();
    let key = must_store(&mut store, buffer);
    store.commit(1, &[key]).unwrap();
    let out = store.take(1).unwrap();
    assert_eq!(out[0].1.as_ptr(), pointer);
}

#[test]
fn shared_blocks_stay() {
    let mut store = BlockStore::new();
    let a = must_store(&mut store, vec![1]);
    store.commit(1, &[a]).unwrap();
    store.commit(2, &[a]).unwrap();
    assert_eq!(store.take(1).unwrap().len(), 0);
    assert_eq!(store.usage().stored, 1);
}

#[test]
fn erase_keeps_blocks() {
    let mut store = BlockStore::new();
    let a = must_store(&mut store, vec![1, 2, 3]);
    store.commit(1, &[a]).unwrap();
    assert!(store.remove(1));
    assert_eq!(store.sweep(), 3);
    assert_eq!(store.get(a), None);
}
