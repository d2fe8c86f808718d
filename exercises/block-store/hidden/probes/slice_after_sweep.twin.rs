use block_store::{BlockStore, key_of};

fn main() {
    let mut store = BlockStore::new();
    let _ = store.put(vec![1, 2, 3]);
    let block = store.get(key_of(&[1, 2, 3]));
    store.usage();
    assert!(block.is_some());
}
