//! What the store gives back, for blocks and files that the seed chooses. Nothing here minds whether readers get slices or
//! copies: `signatures.rs` does.

use assay::{Rng, Test};
use block_store::{BlockStore, Put, key_of};

assay::observable! {
    enum Given { Stored(u64), Known((u64, Vec<u8>)), Refused(Vec<u8>) }
}

/// FNV-1a comes to 0 here, and zeros after it change nothing.
const ZERO: [u8; 8] = [0xd5, 0x6b, 0xb9, 0x53, 0x42, 0x87, 0x08, 0x36];

fn given(put: Put) -> Given {
    match put {
        Put::Stored(key) => Given::Stored(key),
        Put::Known(key, block) => Given::Known((key, block)),
        Put::Refused(block) => Given::Refused(block),
    }
}

/// One of the blocks that all have the key of `suffix`.
fn colliding(zeros: usize, suffix: &[u8]) -> Vec<u8> {
    [&ZERO[..], &vec![0; zeros], suffix].concat()
}

fn keep(store: &mut BlockStore, block: Vec<u8>) -> u64 {
    match store.put(block) {
        Put::Stored(key) | Put::Known(key, _) => key,
        Put::Refused(_) => 0,
    }
}

/// So many different blocks, and their keys.
fn filled(rng: &mut Rng, store: &mut BlockStore, count: u64) -> Vec<u64> {
    let mut keys = Vec::new();
    for number in 0..count {
        let length = rng.index(9);
        let mut block = rng.bytes(length);
        block.extend(number.to_le_bytes());
        keys.push(keep(store, block));
    }
    keys
}

/// Some of the keys, in any order and some of them often.
fn list(rng: &mut Rng, keys: &[u64], longest: usize) -> Vec<u64> {
    let mut list = Vec::new();
    for _ in 0..=rng.index(longest) {
        list.push(*rng.pick(keys));
    }
    list
}

fn content(store: &BlockStore, file: u64) -> Option<Vec<Vec<u8>>> {
    let mut content = Vec::new();
    for block in store.read(file)? {
        content.push(block.to_vec());
    }
    Some(content)
}

fn books(store: &BlockStore) -> (u64, u64, u64) {
    let usage = store.usage();
    (usage.stored, usage.idle, usage.named)
}

fn address(store: &BlockStore, key: u64) -> Option<usize> {
    let block = store.get(key);
    block.as_ref().map(|block| block.as_ptr() as usize)
}

/// A buffer with room to spare, and where it is.
fn buffer(bytes: &[u8], room: usize) -> (Vec<u8>, (usize, usize)) {
    let mut buffer = Vec::with_capacity(bytes.len() + room);
    buffer.extend_from_slice(bytes);
    let place = place(&buffer);
    (buffer, place)
}

fn place(buffer: &Vec<u8>) -> (usize, usize) {
    (buffer.as_ptr() as usize, buffer.capacity())
}

assay::tests! {
    /// A block is stored once, under its hash, and read back.
    fn blocks_are_stored_once(t: &mut Test) {
        let mut store = BlockStore::new();
        let mut blocks = Vec::new();
        for length in [1, 2, 8, 33, 500] {
            blocks.push(t.rng().bytes(length));
        }
        for _ in 0..14 {
            let block = t.rng().pick(&blocks).to_vec();
            t.input("block", &block);
            t.observe("its key", &key_of(&block));
            t.observe("put", &given(store.put(block)));
        }
        for block in &blocks {
            let found = store.get(key_of(block));
            t.observe("read back", &found.map(|found| found.to_vec()));
        }
    }

    /// A file gives its blocks in its order, as often as they stand in it.
    fn files_are_read_in_order(t: &mut Test) {
        let mut store = BlockStore::new();
        let keys = filled(t.rng(), &mut store, 6);
        for file in 0..5 {
            let mut blocks = list(t.rng(), &keys, 12);
            blocks.push(blocks[0]); // whatever the list, one stands in it twice
            t.input("blocks", &blocks);
            t.observe("committed", &store.commit(file, &blocks));
            t.observe("content", &content(&store, file));
        }
        t.observe("no such file", &content(&store, 99));
    }

    /// A file is there from its commit until it is removed, as it was committed last.
    fn files_come_and_go(t: &mut Test) {
        let mut store = BlockStore::new();
        let keys = filled(t.rng(), &mut store, 5);
        let files = t.rng().ids(3);
        for _ in 0..24 {
            let file = *t.rng().pick(&files);
            if t.rng().chance(1, 2) {
                let blocks = list(t.rng(), &keys, 4);
                t.input("commit", &(file, &blocks));
                t.observe("committed", &store.commit(file, &blocks));
            } else {
                t.input("remove", &file);
                t.observe("removed", &store.remove(file));
            }
            t.observe("content", &content(&store, file));
        }
    }

    /// Another block of the same key is refused, comes back whole, and finds room once the first is gone.
    fn collisions_are_refused(t: &mut Test) {
        let mut store = BlockStore::new();
        let length = t.rng().index(6);
        let suffix = t.rng().bytes(length);
        t.input("suffix", &suffix);
        for zeros in [3, 3, 0, 9, 3] {
            t.observe("put", &given(store.put(colliding(zeros, &suffix))));
            t.observe("books", &books(&store));
        }
        let key = key_of(&colliding(0, &suffix));
        t.observe("the first stays", &store.get(key).map(|block| block.to_vec()));
        t.observe("committed", &store.commit(1, &[key]));
        t.observe("refused in use", &given(store.put(colliding(1, &suffix))));
        t.observe("taken", &store.take(1));
        t.observe("room", &given(store.put(colliding(1, &suffix))));
        store.sweep();
        t.observe("room again", &given(store.put(colliding(2, &suffix))));
    }

    /// A commit that fails says which key it missed first, and nothing has changed.
    fn failed_commits_change_nothing(t: &mut Test) {
        let mut store = BlockStore::new();
        let keys = filled(t.rng(), &mut store, 4);
        t.observe("committed", &store.commit(1, &keys[..2]));
        for file in [1, 2, 1] {
            let mut blocks = list(t.rng(), &keys, 5);
            for _ in 0..2 {
                let at = t.rng().index(blocks.len() + 1);
                blocks.insert(at, t.rng().next());
            }
            t.input("commit", &(file, &blocks));
            t.observe("missing", &store.commit(file, &blocks));
            t.observe("content", &content(&store, file));
            t.observe("books", &books(&store));
            for &key in &keys {
                t.observe("uses", &store.uses(key));
            }
        }
    }

    /// A use is each time that a block stands in a file, and ends with the file or its next commit.
    fn uses_are_counted(t: &mut Test) {
        let mut store = BlockStore::new();
        let keys = filled(t.rng(), &mut store, 4);
        for _ in 0..16 {
            let (file, blocks) = (t.rng().below(3), list(t.rng(), &keys, 6));
            if t.rng().chance(1, 4) {
                t.input("remove", &file);
                store.remove(file);
            } else {
                t.input("commit", &(file, &blocks));
                t.observe("committed", &store.commit(file, &blocks));
            }
            for &key in &keys {
                t.observe("uses", &store.uses(key));
            }
        }
        t.observe("of what is not there", &store.uses(1));
    }

    /// A block that nobody uses stays, is read and used again, until a sweep drops it.
    fn idle_blocks_stay_until_swept(t: &mut Test) {
        let mut store = BlockStore::new();
        let keys = filled(t.rng(), &mut store, 8);
        t.observe("committed", &(store.commit(1, &keys[..5]), store.commit(2, &keys[3..7])));
        t.observe("replaced", &store.commit(2, &keys[4..6]));
        t.observe("removed", &store.remove(1));
        for &key in &keys {
            t.observe("still there", &store.get(key).map(|block| block.to_vec()));
        }
        let again = *t.rng().pick(&keys[..3]);
        t.input("used again", &again);
        t.observe("used again", &store.commit(3, &[again]));
        t.observe("swept", &(store.sweep(), store.sweep()));
        for &key in &keys {
            t.observe("left", &(store.uses(key), store.get(key).map(|block| block.to_vec())));
        }
        t.observe("a file of what was swept", &store.commit(4, &[again, keys[7]]));
    }

    /// Who takes a file gets the blocks that no other file uses, each once, as they first stand in it.
    fn a_file_is_taken_with_its_own(t: &mut Test) {
        for _ in 0..4 {
            let mut store = BlockStore::new();
            let keys = filled(t.rng(), &mut store, 7);
            for file in 0..3 {
                let blocks = list(t.rng(), &keys, 9);
                t.input("commit", &(file, &blocks));
                t.observe("committed", &store.commit(file, &blocks));
            }
            for file in [1, 1, 0, 2] {
                t.observe("taken", &store.take(file));
                t.observe("books", &books(&store));
            }
            for &key in &keys {
                t.observe("left", &store.uses(key));
            }
        }
    }

    /// The books are right after each operation.
    fn the_books_are_kept(t: &mut Test) {
        let mut store = BlockStore::new();
        let mut keys = filled(t.rng(), &mut store, 3);
        for number in 100..140 {
            // commits of what is gone would fail
            keys.retain(|&key| store.uses(key).is_some());
            if keys.len() < 3 {
                keys.push(keep(&mut store, vec![2; number]));
            }
            let (file, blocks) = (t.rng().below(4), list(t.rng(), &keys, 5));
            match t.rng().below(6) {
                0 => keys.push(keep(&mut store, vec![1; number])),
                1 => t.observe("removed", &store.remove(file)),
                2 => t.observe("taken", &store.take(file).map(|own| own.len())),
                3 if t.rng().chance(1, 3) => t.observe("swept", &store.sweep()),
                _ => t.observe("committed", &store.commit(file, &blocks)),
            }
            t.observe("books", &books(&store));
        }
    }

    /// A block without bytes is a block, a file without blocks a file.
    fn nothing_is_something(t: &mut Test) {
        let mut store = BlockStore::default();
        t.observe("books at first", &(books(&store), store.sweep()));
        t.observe("put", &(given(store.put(Vec::new())), given(store.put(Vec::new()))));
        let (key, file) = (key_of(&[]), t.rng().next());
        t.observe("empty block", &(store.get(key).map(|block| block.len()), store.uses(key)));
        t.observe("committed", &store.commit(file, &[]));
        t.observe("empty file", &content(&store, file));
        t.observe("committed", &store.commit(file, &[key, key]));
        t.observe("two empty blocks", &content(&store, file));
        t.observe("emptied", &(store.commit(file, &[]), content(&store, file)));
        t.observe("taken, and not twice", &(store.take(file), store.take(file), store.remove(file)));
        t.observe("swept", &(store.sweep(), store.uses(key)));
    }

    /// 40,000 blocks come, and each time the books are read; 10,000 files are made of them, replaced, taken and removed.
    fn forty_thousand_blocks(t: &mut Test) {
        const BLOCKS: u64 = 40_000;
        let mut store = BlockStore::new();
        let mut keys = Vec::new();
        let mut idle = 0;
        for number in 0..BLOCKS {
            keys.push(keep(&mut store, number.to_le_bytes().to_vec()));
            idle ^= store.usage().idle;
        }
        t.observe("idle, of all times", &idle);
        let mut committed = 0;
        for (file, blocks) in keys.chunks(4).enumerate() {
            for blocks in [&keys[..1], blocks] {
                committed += u64::from(store.commit(file as u64, blocks).is_ok());
            }
            committed += store.usage().named;
        }
        t.observe("committed", &committed);
        let first = t.rng().below(4);
        let (mut taken, mut removed) = (0, 0);
        for file in 0..BLOCKS / 4 {
            if file % 4 == first {
                removed += u64::from(store.remove(file));
            } else {
                taken += store.take(file).map_or(0, |own| own.len());
            }
        }
        t.observe("taken, removed", &(taken, removed));
        t.observe("swept", &(store.sweep(), books(&store)));
    }

    /// A block stays in the buffer in which it came, for readers and for who takes it.
    fn buffers_go_through(t: &mut Test) {
        let mut store = BlockStore::new();
        let mut blocks = Vec::new();
        for number in 1..9 {
            let (length, room) = (t.rng().between(1, 40) as usize, t.rng().index(60));
            let (block, place) = buffer(&vec![number; length], room);
            let key = keep(&mut store, block);
            let (again, _) = buffer(&vec![number; length], room);
            keep(&mut store, again);
            blocks.push((key, place));
        }
        let mut keys = Vec::new();
        for &(key, place) in &blocks {
            keys.push(key);
            t.observe("read where it came", &(address(&store, key) == Some(place.0)));
        }
        t.observe("committed", &store.commit(1, &keys));
        let mut read = Vec::new();
        for block in store.read(1).into_iter().flatten() {
            read.push(block.as_ptr() as usize);
        }
        t.observe("read in its file", &read.iter().eq(blocks.iter().map(|(_, place)| &place.0)));
        for (number, (key, block)) in store.take(1).into_iter().flatten().enumerate() {
            t.observe("key", &key);
            t.observe("the same buffer", &(blocks.get(number).map(|&(_, was)| was) == Some(place(&block))));
        }
    }

    /// A buffer that the store does not need comes back as it was.
    fn buffers_come_back(t: &mut Test) {
        let mut store = BlockStore::new();
        for number in 0..6 {
            let (block, _) = buffer(&[number; 24], 8);
            let kept = keep(&mut store, block);
            let before = address(&store, kept);
            let (again, place_again) = buffer(&[number; 24], t.rng().index(30));
            let (put, back) = match store.put(again) {
                Put::Known(key, back) => (key, Some(place(&back) == place_again)),
                Put::Stored(key) => (key, None),
                Put::Refused(_) => (0, None),
            };
            t.observe("known", &(put, back, address(&store, kept) == before));
        }
        keep(&mut store, colliding(1, &[]));
        let (other, place_before) = buffer(&colliding(2, &[]), 50);
        let back = match store.put(other) {
            Put::Refused(back) => Some(place(&back) == place_before),
            Put::Stored(_) | Put::Known(..) => None,
        };
        t.observe("refused", &back);
    }

    /// Blocks that are known already, put in again.
    fn put_costs(t: &mut Test) {
        let mut store = BlockStore::new();
        let mut again = Vec::new();
        for _ in 0..300 {
            let block = t.rng().bytes(64);
            keep(&mut store, block.to_vec());
            again.push(block);
        }
        let mut back = Vec::with_capacity(again.len());
        t.count("put_allocations", || {
            for block in again {
                back.push(store.put(block));
            }
        });
        let mut keys = 0;
        for put in back {
            if let Put::Known(key, block) = put {
                keys ^= key ^ block.len() as u64;
            }
        }
        t.observe("keys", &keys);
    }

    /// Blocks and files, read by the byte.
    fn read_costs(t: &mut Test) {
        let mut store = BlockStore::new();
        let keys = filled(t.rng(), &mut store, 200);
        let mut blocks = list(t.rng(), &keys, 400);
        blocks.push(blocks[0]); // whatever the list, one stands in it twice
        t.observe("committed", &store.commit(1, &blocks));
        let bytes = t.count("read_allocations", || {
            let mut bytes = 0;
            for &key in &keys {
                bytes += store.get(key).map_or(0, |block| block.len());
            }
            for block in store.read(1).into_iter().flatten() {
                bytes += block.len();
            }
            bytes
        });
        t.observe("bytes", &bytes);
    }
}
