pub struct Quota(u64, u64);

impl Quota {
    pub fn new(limit: u64) -> Self {
        Quota(limit, 0)
    }

    pub fn take(&mut self, bytes: u64) -> Result<u64, u64> {
        if bytes > self.left() {
            return Err(bytes - self.left());
        }
        self.1 += bytes;
        Ok(self.left())
    }

    pub fn give_back(&mut self, bytes: u64) {
        self.1 = self.1.saturating_sub(bytes);
    }

    pub fn left(&self) -> u64 {
        self.0 - self.1
    }
}
