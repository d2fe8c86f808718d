//! Three sums that change with the blocks, so that nobody has to walk them.

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

#[derive(Debug, Default)]
pub(crate) struct Books(Usage);

impl Books {
    pub(crate) fn usage(&self) -> Usage {
        self.0
    }

    /// A block came, without uses.
    pub(crate) fn came(&mut self, size: usize) {
        self.0.stored += size as u64;
        self.0.idle += size as u64;
    }

    /// A block went that had no uses.
    pub(crate) fn went(&mut self, size: usize) {
        self.0.stored -= size as u64;
        self.0.idle -= size as u64;
    }

    /// A block is used once more than before.
    pub(crate) fn used(&mut self, size: usize, before: usize) {
        self.0.named += size as u64;
        if before == 0 {
            self.0.idle -= size as u64;
        }
    }

    /// A block is used once less, and so often still.
    pub(crate) fn unused(&mut self, size: usize, after: usize) {
        self.0.named -= size as u64;
        if after == 0 {
            self.0.idle += size as u64;
        }
    }
}
