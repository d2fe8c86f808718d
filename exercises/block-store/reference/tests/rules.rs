use block_store::{BlockStore, Put, Usage, key_of};

/// Its hash is 0, and zeros after it change nothing.
const ZERO: [u8; 8] = [0xd5, 0x6b, 0xb9, 0x53, 0x42, 0x87, 0x08, 0x36];

fn stored(store: &mut BlockStore, block: &[u8]) -> u64 {
    match store.put(block.to_vec()) {
        Put::Stored(key) | Put::Known(key, _) => key,
        Put::Refused(_) => panic!("a collision"),
    }
}

#[test]
fn collisions_are_given_back() {
    let mut store = BlockStore::new();
    assert_eq!(stored(&mut store, &ZERO), 0);
    let other = [&ZERO[..], &[0]].concat();
    assert_eq!(key_of(&other), 0);
    let Put::Refused(other) = store.put(other) else {
        panic!("two blocks of one key");
    };
    assert_eq!(store.get(0).map(<[u8]>::len), Some(8));
    store.sweep();
    assert!(matches!(store.put(other), Put::Stored(0)));
}

#[test]
fn a_failed_commit_changes_nothing() {
    let mut store = BlockStore::new();
    let key = stored(&mut store, b"here");
    assert_eq!(store.commit(1, &[key]), Ok(()));
    let before = store.usage();
    assert_eq!(store.commit(1, &[key, 5, 6]), Err(5));
    assert_eq!(store.usage(), before);
    assert_eq!(store.uses(key), Some(1));
}

#[test]
fn what_others_use_stays() {
    let mut store = BlockStore::new();
    let (own, shared) = (stored(&mut store, b"own"), stored(&mut store, b"shared"));
    assert_eq!(store.commit(1, &[shared, own, own]), Ok(()));
    assert_eq!(store.commit(2, &[shared]), Ok(()));
    assert_eq!(store.take(1), Some(vec![(own, b"own".to_vec())]));
    assert_eq!(
        store.usage(),
        Usage {
            stored: 6,
            idle: 0,
            named: 6
        }
    );
    assert!(store.remove(2));
    assert_eq!(
        store.usage(),
        Usage {
            stored: 6,
            idle: 6,
            named: 0
        }
    );
    assert!(store.read(2).is_none());
}

#[test]
fn buffers_go_through() {
    let mut store = BlockStore::new();
    let mut buffer = Vec::with_capacity(100);
    buffer.extend(*b"once");
    let address = buffer.as_ptr();
    let key = key_of(&buffer);
    assert!(matches!(store.put(buffer), Put::Stored(_)));
    assert_eq!(store.get(key).map(<[u8]>::as_ptr), Some(address));
    assert_eq!(store.commit(1, &[key]), Ok(()));
    let out = store.take(1).expect("the file is there").remove(0).1;
    assert_eq!((out.as_ptr(), out.capacity()), (address, 100));
}
