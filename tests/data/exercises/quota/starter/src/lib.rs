pub struct Quota;

impl Quota {
    pub fn new(_limit: u64) -> Self {
        todo!()
    }

    pub fn take(&mut self, _bytes: u64) -> Result<u64, u64> {
        todo!()
    }

    pub fn give_back(&mut self, _bytes: u64) {
        todo!()
    }

    pub fn left(&self) -> u64 {
        todo!()
    }
}
