//! How much of its space an account has used.
#![warn(missing_docs)]

/// An account's space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    limit: u64,
    used: u64,
}

impl Quota {
    /// An empty account.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Quota { limit, used: 0 }
    }

    /// Uses more space and says what is left.
    ///
    /// # Errors
    ///
    /// By how much it is too little.
    pub fn take(&mut self, bytes: u64) -> Result<u64, u64> {
        let left = self.left();
        if bytes > left {
            return Err(bytes - left);
        }
        self.used += bytes;
        Ok(left - bytes)
    }

    /// Uses less space.
    pub fn give_back(&mut self, bytes: u64) {
        self.used = self.used.saturating_sub(bytes);
    }

    /// The space that is not used.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.limit - self.used
    }
}
