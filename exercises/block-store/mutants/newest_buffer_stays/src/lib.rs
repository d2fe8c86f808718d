//! Content-addressed blocks in memory: each is stored once, in the buffer in which it came, and has one owner at any time.

mod key;

pub use key::key_of;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What became of a buffer that was put in.
#[derive(Debug)]
#[must_use]
pub enum Put {
    /// The block is new, and the store has the buffer.
    Stored(u64),
    /// The block is stored already; here is the buffer.
    Known(u64, Vec<u8>),
    /// Other bytes have the key; here is the buffer.
    Refused(Vec<u8>),
}

/// How many bytes there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Of all blocks, each once.
    pub stored: u64,
    /// Of the blocks among them that no file uses.
    pub idle: u64,
    /// Of all files, as a reader gets them.
    pub named: u64,
}

/// A block: the store owns its buffer, files have uses of it.
struct Block {
    bytes: Vec<u8>,
    uses: usize,
}

impl Block {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// The blocks of a node, and the files made of them.
#[derive(Default)]
pub struct BlockStore {
    blocks: HashMap<u64, Block>,
    files: HashMap<u64, Vec<u64>>,
    usage: Usage,
}

impl BlockStore {
    /// A store without blocks and files.
    #[must_use]
    pub fn new() -> BlockStore {
        BlockStore::default()
    }

    /// Takes the buffer, and gives it back where it is not needed.
    pub fn put(&mut self, block: Vec<u8>) -> Put {
        let key = key_of(&block);
        match self.blocks.entry(key) {
            Entry::Occupied(mut there) if there.get().bytes == block => {
                Put::Known(key, std::mem::replace(&mut there.get_mut().bytes, block))
            }
            Entry::Occupied(_) => Put::Refused(block),
            Entry::Vacant(free) => {
                let size = free
                    .insert(Block {
                        bytes: block,
                        uses: 0,
                    })
                    .size();
                self.usage.stored += size;
                self.usage.idle += size;
                Put::Stored(key)
            }
        }
    }

    /// The bytes of a block.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<&[u8]> {
        self.blocks.get(&key).map(|block| block.bytes.as_slice())
    }

    /// Makes `file` a list of blocks.
    ///
    /// # Errors
    ///
    /// The first key of the list that is not stored; then nothing has changed.
    pub fn commit(&mut self, file: u64, blocks: &[u64]) -> Result<(), u64> {
        if let Some(&missing) = blocks.iter().find(|key| !self.blocks.contains_key(key)) {
            return Err(missing);
        }
        self.acquire(blocks);
        if let Some(before) = self.files.insert(file, blocks.to_vec()) {
            self.release(&before);
        }
        Ok(())
    }

    /// The blocks of a file, in its order.
    #[must_use]
    pub fn read(&self, file: u64) -> Option<impl Iterator<Item = &[u8]>> {
        let keys = self.files.get(&file)?;
        Some(keys.iter().filter_map(|&key| self.get(key)))
    }

    /// Removes a file, and none of its blocks.
    pub fn remove(&mut self, file: u64) -> bool {
        self.forget(file).is_some()
    }

    /// Removes a file, and gives out the blocks that no other file uses.
    pub fn take(&mut self, file: u64) -> Option<Vec<(u64, Vec<u8>)>> {
        let keys = self.forget(file)?;
        let own = keys
            .into_iter()
            .filter_map(|key| Some((key, self.evict(key)?)));
        Some(own.collect())
    }

    /// How often a block stands in files.
    #[must_use]
    pub fn uses(&self, key: u64) -> Option<usize> {
        self.blocks.get(&key).map(|block| block.uses)
    }

    /// Drops all blocks that no file uses, and says how many bytes they were.
    pub fn sweep(&mut self) -> u64 {
        self.blocks.retain(|_, block| block.uses > 0);
        let swept = std::mem::take(&mut self.usage.idle);
        self.usage.stored -= swept;
        swept
    }

    /// How many bytes there are now.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// Removes a file and its uses.
    fn forget(&mut self, file: u64) -> Option<Vec<u64>> {
        let keys = self.files.remove(&file)?;
        self.release(&keys);
        Some(keys)
    }

    fn acquire(&mut self, keys: &[u64]) {
        for key in keys {
            if let Some(block) = self.blocks.get_mut(key) {
                if block.uses == 0 {
                    self.usage.idle -= block.size();
                }
                block.uses += 1;
                self.usage.named += block.size();
            }
        }
    }

    fn release(&mut self, keys: &[u64]) {
        for key in keys {
            if let Some(block) = self.blocks.get_mut(key) {
                block.uses -= 1;
                self.usage.named -= block.size();
                if block.uses == 0 {
                    self.usage.idle += block.size();
                }
            }
        }
    }

    /// The buffer of an idle block, which leaves the store.
    fn evict(&mut self, key: u64) -> Option<Vec<u8>> {
        let Entry::Occupied(found) = self.blocks.entry(key) else {
            return None;
        };
        if found.get().uses > 0 {
            return None;
        }
        let block = found.remove();
        self.usage.stored -= block.size();
        self.usage.idle -= block.size();
        Some(block.bytes)
    }
}
