
pub struct Quota {
    limit: u64,
    left: u64,
}

impl Quota {
    pub fn new(limit: u64) -> Self {
        Self { limit, left: limit }
    }

    pub fn take(&mut self, bytes: u64) -> Result<u64, u64> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(left)
            }
            None => Err(bytes - self.left),
        }
    }

    pub fn give_back(&mut self, bytes: u64) {
        self.left = self.left.saturating_add(bytes).min(self.limit);
    }

    pub fn left(&self) -> u64 {
        self.left
    }
}
