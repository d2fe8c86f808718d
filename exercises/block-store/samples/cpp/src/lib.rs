//! Content-addressed block storage. Slots live in one flat array; the index maps a key to its slot, like an intrusive
//! hash table would. Buffers are moved in and out, never copied.

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

/// One slot of the array.
struct Slot {
    data: Option<Vec<u8>>,
    ref_count: usize,
}

/// The blocks of a node, and the files made of them.
#[derive(Default)]
pub struct BlockStore {
    slots: Vec<Slot>,
    free_slots: Vec<usize>,
    index: HashMap<u64, usize>,
    files: HashMap<u64, Vec<u64>>,
    stored: u64,
    idle: u64,
    named: u64,
}

/// The 64-bit FNV-1a hash of a block's bytes.
pub fn key_of(block: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf29ce484222325;
    for i in 0..block.len() {
        hash ^= block[i] as u64;
        hash = hash.wrapping_mul(0x100000001b3);
    }
    return hash;
}

impl BlockStore {
    /// Constructor.
    pub fn new() -> BlockStore {
        return BlockStore::default();
    }

    /// Moves the buffer in; ownership returns to the caller when it is not needed.
    pub fn put(&mut self, block: Vec<u8>) -> Put {
        let key = key_of(&block);
        if self.index.contains_key(&key) {
            let slot = self.index[&key];
            if *self.get_data(slot) == block {
                return Put::Known(key, block);
            }
            return Put::Refused(block);
        }
        let size = block.len() as u64;
        let slot = Slot { data: Some(block), ref_count: 0 };
        let position: usize;
        if self.free_slots.len() > 0 {
            position = self.free_slots.pop().unwrap();
            self.slots[position] = slot;
        } else {
            position = self.slots.len();
            self.slots.push(slot);
        }
        self.index.insert(key, position);
        self.stored += size;
        self.idle += size;
        return Put::Stored(key);
    }

    /// Borrowed view of a block.
    pub fn get(&self, key: u64) -> Option<&[u8]> {
        if !self.index.contains_key(&key) {
            return None;
        }
        return Some(&self.get_data(self.index[&key])[..]);
    }

    /// All or nothing: the keys are validated before anything is modified.
    pub fn commit(&mut self, file: u64, blocks: &[u64]) -> Result<(), u64> {
        for i in 0..blocks.len() {
            if !self.index.contains_key(&blocks[i]) {
                return Err(blocks[i]);
            }
        }
        for i in 0..blocks.len() {
            self.add_ref(blocks[i]);
        }
        let mut old: Vec<u64> = Vec::new();
        self.detach(file, &mut old);
        self.files.insert(file, blocks.to_vec());
        return Ok(());
    }

    /// Lazy range over a file's blocks.
    pub fn read(&self, file: u64) -> Option<impl Iterator<Item = &[u8]>> {
        if !self.files.contains_key(&file) {
            return None;
        }
        let keys: &Vec<u64> = &self.files[&file];
        return Some((0..keys.len()).map(move |i| self.get(keys[i]).unwrap()));
    }

    /// Erases a file. Its blocks stay.
    pub fn remove(&mut self, file: u64) -> bool {
        let mut keys: Vec<u64> = Vec::new();
        return self.detach(file, &mut keys);
    }

    /// Erases a file and moves out the blocks whose reference count drops to zero.
    pub fn take(&mut self, file: u64) -> Option<Vec<(u64, Vec<u8>)>> {
        let mut keys: Vec<u64> = Vec::new();
        if !self.detach(file, &mut keys) {
            return None;
        }
        let mut result: Vec<(u64, Vec<u8>)> = Vec::with_capacity(keys.len());
        for i in 0..keys.len() {
            let key = keys[i];
            // a repeated key was erased from the index the first time
            if self.index.contains_key(&key) && self.slots[self.index[&key]].ref_count == 0 {
                let position = self.index.remove(&key).unwrap();
                result.push((key, self.release(position)));
            }
        }
        return Some(result);
    }

    /// Reference count of a block.
    pub fn uses(&self, key: u64) -> Option<usize> {
        match self.index.get(&key) {
            Some(position) => return Some(self.slots[*position].ref_count),
            None => return None,
        }
    }

    /// Frees every unreferenced block.
    pub fn sweep(&mut self) -> u64 {
        let mut dead: Vec<u64> = Vec::new();
        for (key, position) in self.index.iter() {
            if self.slots[*position].ref_count == 0 {
                dead.push(*key);
            }
        }
        let before = self.stored;
        for i in 0..dead.len() {
            let position = self.index.remove(&dead[i]).unwrap();
            self.release(position);
        }
        return before - self.stored;
    }

    /// Counters, by value.
    pub fn usage(&self) -> Usage {
        return Usage { stored: self.stored, idle: self.idle, named: self.named };
    }

    fn get_data(&self, position: usize) -> &Vec<u8> {
        return self.slots[position].data.as_ref().unwrap();
    }

    fn add_ref(&mut self, key: u64) {
        let position = self.index[&key];
        let size = self.get_data(position).len() as u64;
        if self.slots[position].ref_count == 0 {
            self.idle -= size;
        }
        self.slots[position].ref_count += 1;
        self.named += size;
    }

    /// Out-parameter `keys` receives the file's list. False when there is no such file.
    fn detach(&mut self, file: u64, keys: &mut Vec<u64>) -> bool {
        match self.files.remove(&file) {
            None => return false,
            Some(list) => *keys = list,
        }
        for i in 0..keys.len() {
            let position = self.index[&keys[i]];
            let size = self.get_data(position).len() as u64;
            self.slots[position].ref_count -= 1;
            self.named -= size;
            if self.slots[position].ref_count == 0 {
                self.idle += size;
            }
        }
        return true;
    }

    /// Moves the buffer out of an unreferenced slot and recycles the slot.
    fn release(&mut self, position: usize) -> Vec<u8> {
        let data = self.slots[position].data.take().unwrap();
        self.stored -= data.len() as u64;
        self.idle -= data.len() as u64;
        self.free_slots.push(position);
        return data;
    }
}
