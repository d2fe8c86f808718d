//! Content-addressed blocks in memory: each is stored once, in the buffer in which it came, and has one owner at any time.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod books;

use books::Books;
use std::collections::HashMap;
use std::collections::hash_map::{Entry, OccupiedEntry};

pub use books::Usage;

/// What became of a buffer that was put in. Whoever calls has it back, unless it was stored.
#[derive(Debug)]
#[must_use = "it may hold the buffer"]
pub enum Put {
    /// The block is new, and the store has the buffer.
    Stored(u64),
    /// The block is stored already; here is the buffer.
    Known(u64, Vec<u8>),
    /// Other bytes have the key; here is the buffer.
    Refused(Vec<u8>),
}

#[derive(Debug)]
struct Block {
    bytes: Vec<u8>,
    uses: usize,
}

/// The blocks of a node, and the files made of them.
#[derive(Debug, Default)]
pub struct BlockStore {
    blocks: HashMap<u64, Block>,
    files: HashMap<u64, Box<[u64]>>,
    books: Books,
}

/// The 64-bit FNV-1a hash of a block's bytes.
///
/// ```
/// assert_eq!(block_store::key_of(b"a"), 0xaf63_dc4c_8601_ec8c);
/// ```
#[must_use]
pub fn key_of(block: &[u8]) -> u64 {
    let mut key: u64 = 0xcbf2_9ce4_8422_2325;
    for &byte in block {
        key = (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    key
}

impl BlockStore {
    /// A store without blocks and files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the buffer, and gives it back where it is not needed.
    pub fn put(&mut self, block: Vec<u8>) -> Put {
        let key = key_of(&block);
        match self.blocks.entry(key) {
            Entry::Vacant(place) => {
                self.books.came(block.len());
                place.insert(Block {
                    bytes: block,
                    uses: 0,
                });
                Put::Stored(key)
            }
            Entry::Occupied(there) => {
                if there.get().bytes == block {
                    Put::Known(key, block)
                } else {
                    Put::Refused(block)
                }
            }
        }
    }

    /// The bytes of a block, for as long as the store does not change.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<&[u8]> {
        Some(&self.blocks.get(&key)?.bytes)
    }

    /// Makes `file` a list of blocks, whatever it was before.
    ///
    /// # Errors
    ///
    /// The first of the keys that is not stored. Then nothing has changed.
    pub fn commit(&mut self, file: u64, blocks: &[u64]) -> Result<(), u64> {
        for &key in blocks {
            self.blocks.get(&key).ok_or(key)?;
        }
        for key in blocks {
            if let Some(block) = self.blocks.get_mut(key) {
                self.books.used(block.bytes.len(), block.uses);
                block.uses += 1;
            }
        }
        let replaced = self.files.insert(file, blocks.into());
        self.release(replaced.as_deref().unwrap_or_default());
        Ok(())
    }

    /// The blocks of a file, in its order, found one by one as they are asked for.
    #[must_use]
    pub fn read(&self, file: u64) -> Option<impl Iterator<Item = &[u8]>> {
        let keys = self.files.get(&file)?;
        Some(keys.iter().flat_map(|&key| self.get(key)))
    }

    /// Removes a file, and none of its blocks. Says whether there was one.
    pub fn remove(&mut self, file: u64) -> bool {
        let removed = self.files.remove(&file);
        self.release(removed.as_deref().unwrap_or_default());
        removed.is_some()
    }

    /// Removes a file, and gives out the blocks that no other file uses, in the order in which they first stand in it.
    pub fn take(&mut self, file: u64) -> Option<Vec<(u64, Vec<u8>)>> {
        let keys = self.files.remove(&file)?;
        self.release(&keys);
        let mut own = Vec::new();
        for key in keys {
            // one that stands in the file again is gone from the map by then
            if let Entry::Occupied(block) = self.blocks.entry(key)
                && block.get().uses == 0
            {
                self.books.went(block.get().bytes.len());
                own.push((key, OccupiedEntry::remove(block).bytes));
            }
        }
        Some(own)
    }

    /// How often a block stands in files.
    #[must_use]
    pub fn uses(&self, key: u64) -> Option<usize> {
        self.blocks.get(&key).map(|block| block.uses)
    }

    /// Drops all blocks that no file uses, and says how many bytes they were.
    pub fn sweep(&mut self) -> u64 {
        let idle = self.books.usage().idle;
        for (_, block) in self.blocks.extract_if(|_, block| block.uses == 0) {
            self.books.went(block.bytes.len());
        }
        idle
    }

    /// How many bytes there are now.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.books.usage()
    }

    fn release(&mut self, keys: &[u64]) {
        for key in keys {
            if let Some(block) = self.blocks.get_mut(key) {
                block.uses -= 1;
                self.books.unused(block.bytes.len(), block.uses);
            }
        }
    }
}
