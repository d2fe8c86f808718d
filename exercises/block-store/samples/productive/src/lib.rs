//! Content-addressed blocks in memory, each stored once.

use std::collections::{HashMap, HashSet};

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

/// The blocks of a node, and the files made of them.
///
/// Blocks, uses and files are in three maps. The books are kept along with them, so that nothing but a sweep walks them.
#[derive(Debug, Default)]
pub struct BlockStore {
    blocks: HashMap<u64, Box<[u8]>>,
    /// Of the blocks that have any.
    uses: HashMap<u64, usize>,
    files: HashMap<u64, Vec<u64>>,
    usage: Usage,
}

/// The 64-bit FNV-1a hash of a block's bytes.
#[must_use]
pub fn key_of(block: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in block {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x100_0000_01b3);
    }
    hash
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
        match self.blocks.get(&key) {
            Some(there) if **there == *block => Put::Known(key, block),
            Some(_) => Put::Refused(block),
            None => {
                self.usage.stored += block.len() as u64;
                self.usage.idle += block.len() as u64;
                // a stored block does not grow any more, so it needs no capacity
                self.blocks.insert(key, block.into_boxed_slice());
                Put::Stored(key)
            }
        }
    }

    /// The bytes of a block.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<&[u8]> {
        self.blocks.get(&key).map(AsRef::as_ref)
    }

    /// Makes `file` a list of blocks, or gives the first key that is not stored.
    pub fn commit(&mut self, file: u64, blocks: &[u64]) -> Result<(), u64> {
        for key in blocks {
            if !self.blocks.contains_key(key) {
                return Err(*key);
            }
        }
        for &key in blocks {
            self.add_use(key);
        }
        if let Some(before) = self.files.insert(file, blocks.to_vec()) {
            for key in before {
                self.drop_use(key);
            }
        }
        Ok(())
    }

    /// The blocks of a file, in its order.
    #[must_use]
    pub fn read(&self, file: u64) -> Option<impl Iterator<Item = &[u8]>> {
        let mut blocks = Vec::new();
        for &key in self.files.get(&file)? {
            blocks.push(self.get(key)?);
        }
        Some(blocks.into_iter())
    }

    /// Removes a file, and none of its blocks.
    pub fn remove(&mut self, file: u64) -> bool {
        let Some(keys) = self.files.remove(&file) else {
            return false;
        };
        for key in keys {
            self.drop_use(key);
        }
        true
    }

    /// Removes a file, and gives out the blocks that no other file uses.
    pub fn take(&mut self, file: u64) -> Option<Vec<(u64, Vec<u8>)>> {
        let keys = self.files.remove(&file)?;
        for &key in &keys {
            self.drop_use(key);
        }
        let mut seen = HashSet::new();
        let mut own = Vec::new();
        for key in keys {
            if !seen.insert(key) || self.uses.contains_key(&key) {
                continue;
            }
            if let Some(block) = self.blocks.remove(&key) {
                self.usage.stored -= block.len() as u64;
                self.usage.idle -= block.len() as u64;
                own.push((key, block.into_vec()));
            }
        }
        Some(own)
    }

    /// How often a block stands in files.
    #[must_use]
    pub fn uses(&self, key: u64) -> Option<usize> {
        if !self.blocks.contains_key(&key) {
            return None;
        }
        Some(self.uses.get(&key).copied().unwrap_or(0))
    }

    /// Drops all blocks that no file uses, and says how many bytes they were.
    pub fn sweep(&mut self) -> u64 {
        let uses = &self.uses;
        self.blocks.retain(|key, _| uses.contains_key(key));
        let swept = self.usage.idle;
        self.usage.stored -= swept;
        self.usage.idle = 0;
        swept
    }

    /// How many bytes there are now.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.usage
    }

    fn size(&self, key: u64) -> u64 {
        self.get(key).map_or(0, |block| block.len() as u64)
    }

    fn add_use(&mut self, key: u64) {
        let size = self.size(key);
        let uses = self.uses.entry(key).or_insert(0);
        if *uses == 0 {
            self.usage.idle -= size;
        }
        *uses += 1;
        self.usage.named += size;
    }

    fn drop_use(&mut self, key: u64) {
        let size = self.size(key);
        self.usage.named -= size;
        if let Some(uses) = self.uses.get_mut(&key) {
            *uses -= 1;
            if *uses == 0 {
                self.uses.remove(&key);
                self.usage.idle += size;
            }
        }
    }
}
