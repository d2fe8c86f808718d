//! A quota of bytes.

/// What a user may store, and how much of it is left.
pub struct Quota {
    limit: u64,
    left: u64,
}

impl Quota {
    /// All of `limit` is left.
    pub fn new(limit: u64) -> Self {
        Self { limit, left: limit }
    }

    /// What is left after `bytes` are taken, or what is missing for them: then nothing is taken.
    pub fn take(&mut self, bytes: u64) -> Result<u64, u64> {
        match self.left.checked_sub(bytes).filter(|&left| left > 0 || bytes == 0) {
            Some(left) => {
                self.left = left;
                Ok(left)
            }
            None => Err(bytes - self.left),
        }
    }

    /// Never more than the limit is left.
    pub fn give_back(&mut self, bytes: u64) {
        self.left = self.left.saturating_add(bytes).min(self.limit);
    }

    /// What may still be taken.
    pub fn left(&self) -> u64 {
        self.left
    }
}
