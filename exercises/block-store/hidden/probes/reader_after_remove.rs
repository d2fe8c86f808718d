use block_store::BlockStore;

fn main() {
    let mut store = BlockStore::new();
    let _ = store.commit(1, &[]);
    let blocks = store.read(1);
    store.remove(1); //~ E0502
    assert!(blocks.is_some_and(|blocks| blocks.count() == 0));
}
