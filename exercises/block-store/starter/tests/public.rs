use block_store::{BlockStore, Put, key_of};

#[test]
fn keys_are_hashes() {
    assert_eq!(key_of(b""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(key_of(b"a"), 0xaf63_dc4c_8601_ec8c);
}

#[test]
fn a_block_is_stored_once() {
    let mut store = BlockStore::new();
    let key = key_of(b"block");
    assert!(matches!(store.put(b"block".to_vec()), Put::Stored(stored) if stored == key));
    assert!(matches!(store.put(b"block".to_vec()), Put::Known(known, _) if known == key));
    assert_eq!(store.get(key).map(|block| block.len()), Some(5));
    assert_eq!(store.usage().stored, 5);
}

#[test]
fn a_file_keeps_its_blocks() {
    let mut store = BlockStore::new();
    let keys = [key_of(b"one"), key_of(b"two")];
    for block in [b"one", b"two"] {
        assert!(matches!(store.put(block.to_vec()), Put::Stored(_)));
    }
    assert_eq!(store.commit(7, &[keys[1], keys[1]]), Ok(()));
    assert_eq!(store.uses(keys[1]), Some(2));
    assert_eq!(store.sweep(), 3);
    assert!(store.get(keys[0]).is_none());
    let own = store.take(7).expect("the file is there");
    assert_eq!(own, [(keys[1], b"two".to_vec())]);
}
