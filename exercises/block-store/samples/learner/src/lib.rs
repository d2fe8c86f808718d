//! Content-addressed blocks in memory.

use std::collections::HashMap;

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
#[derive(Default)]
pub struct BlockStore {
    blocks: HashMap<u64, Vec<u8>>,
    files: HashMap<u64, Vec<u64>>,
}

/// The 64-bit FNV-1a hash of a block's bytes.
pub fn key_of(block: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf29ce484222325;
    for i in 0..block.len() {
        hash = hash ^ (block[i] as u64);
        hash = hash.wrapping_mul(0x100000001b3);
    }
    hash
}

impl BlockStore {
    pub fn new() -> BlockStore {
        BlockStore {
            blocks: HashMap::new(),
            files: HashMap::new(),
        }
    }

    pub fn put(&mut self, block: Vec<u8>) -> Put {
        let key = key_of(&block);
        if self.blocks.contains_key(&key) {
            let there = self.blocks.get(&key).unwrap().clone();
            if there == block {
                return Put::Known(key, block);
            } else {
                return Put::Refused(block);
            }
        }
        self.blocks.insert(key, block.clone());
        Put::Stored(key)
    }

    // a copy, because I could not keep the slice while I change the store
    pub fn get(&self, key: u64) -> Option<Vec<u8>> {
        self.blocks.get(&key).cloned()
    }

    pub fn commit(&mut self, file: u64, blocks: &[u64]) -> Result<(), u64> {
        for key in blocks {
            if !self.blocks.contains_key(key) {
                return Err(key.clone());
            }
        }
        self.files.insert(file, blocks.to_vec());
        Ok(())
    }

    pub fn read(&self, file: u64) -> Option<std::vec::IntoIter<Vec<u8>>> {
        let keys = self.files.get(&file)?;
        let mut blocks = Vec::new();
        for key in keys {
            blocks.push(self.blocks.get(key).unwrap().clone());
        }
        Some(blocks.into_iter())
    }

    pub fn remove(&mut self, file: u64) -> bool {
        if self.files.contains_key(&file) {
            self.files.remove(&file);
            true
        } else {
            false
        }
    }

    pub fn take(&mut self, file: u64) -> Option<Vec<(u64, Vec<u8>)>> {
        let keys = self.files.get(&file)?.clone();
        self.files.remove(&file);
        let mut own = Vec::new();
        for key in keys {
            if self.uses(key) == Some(0) {
                let block = self.blocks.get(&key).unwrap().clone();
                self.blocks.remove(&key);
                own.push((key, block));
            }
        }
        Some(own)
    }

    /// counts in all files, so it is always right
    pub fn uses(&self, key: u64) -> Option<usize> {
        if !self.blocks.contains_key(&key) {
            return None;
        }
        let mut uses = 0;
        for blocks in self.files.values() {
            for other in blocks {
                if *other == key {
                    uses += 1;
                }
            }
        }
        Some(uses)
    }

    pub fn sweep(&mut self) -> u64 {
        let mut bytes = 0;
        let keys: Vec<u64> = self.blocks.keys().cloned().collect();
        for key in keys {
            if self.uses(key).unwrap() == 0 {
                bytes += self.blocks.remove(&key).unwrap().len() as u64;
            }
        }
        bytes
    }

    pub fn usage(&self) -> Usage {
        let mut usage = Usage::default();
        for (key, block) in &self.blocks {
            let uses = self.uses(*key).unwrap() as u64;
            usage.stored += block.len() as u64;
            if uses == 0 {
                usage.idle += block.len() as u64;
            }
            usage.named += uses * block.len() as u64;
        }
        usage
    }
}
