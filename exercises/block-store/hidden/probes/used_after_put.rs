use block_store::{BlockStore, Put};

fn main() {
    let mut store = BlockStore::new();
    let block = vec![1, 2, 3];
    let put = store.put(block);
    assert!(matches!(put, Put::Stored(_)));
    assert_eq!(block.len(), 3); //~ E0382
}
