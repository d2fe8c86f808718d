//! The API as the brief states it: who gets a buffer, and who borrows it.

use assay::Test;
use block_store::{BlockStore, Put, Usage, key_of};

const _: fn(&[u8]) -> u64 = key_of;
const _: fn() -> BlockStore = BlockStore::new;
const _: fn(&mut BlockStore, Vec<u8>) -> Put = BlockStore::put;
const _: fn(&BlockStore, u64) -> Option<&[u8]> = BlockStore::get;
const _: fn(&mut BlockStore, u64, &[u64]) -> Result<(), u64> = BlockStore::commit;
const _: fn(&mut BlockStore, u64) -> bool = BlockStore::remove;
const _: fn(&mut BlockStore, u64) -> Option<Vec<(u64, Vec<u8>)>> = BlockStore::take;
const _: fn(&BlockStore, u64) -> Option<usize> = BlockStore::uses;
const _: fn(&mut BlockStore) -> u64 = BlockStore::sweep;
const _: fn(&BlockStore) -> Usage = BlockStore::usage;
const fn is_shared<T: Default + Send + Sync + 'static>() {}
const _: () = is_shared::<BlockStore>();

fn read(store: &BlockStore, file: u64) -> Option<impl Iterator<Item = &[u8]>> {
    store.read(file)
}

assay::tests! {
    /// Readers borrow from the store, and there may be several at a time.
    fn readers_borrow(t: &mut Test) {
        let mut store = BlockStore::new();
        let mut keys = Vec::new();
        for number in 0..6 {
            let block = [number; 5].to_vec();
            keys.push(key_of(&block));
            t.observe("stored", &matches!(store.put(block), Put::Stored(_)));
        }
        t.rng().shuffle(&mut keys);
        t.observe("committed", &(store.commit(1, &keys), store.commit(2, &keys[2..])));
        let (one, two) = (read(&store, 1), read(&store, 2));
        for (first, second) in one.into_iter().flatten().zip(two.into_iter().flatten()) {
            t.observe("side by side", &(first, second));
        }
        let Usage { stored, idle, named } = store.usage();
        t.observe("usage", &(stored, idle, named));
    }
}
