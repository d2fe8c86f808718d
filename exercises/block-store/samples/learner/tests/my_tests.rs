use block_store::{BlockStore, Put, key_of};

#[test]
fn read_works() {
    let mut store = BlockStore::new();
    assert!(matches!(store.put(vec![1, 2]), Put::Stored(_)));
    store.commit(1, &[key_of(&[1, 2])]).unwrap();
    assert_eq!(store.read(1).unwrap().count(), 1);
    assert!(store.read(2).is_none());
}

#[test]
fn remove_works() {
    let mut store = BlockStore::new();
    store.commit(1, &[]).unwrap();
    assert_eq!(store.remove(1), true);
    assert_eq!(store.remove(1), false);
}
