pub struct Bell;

impl Bell {
    pub fn new() -> Bell {
        Bell
    }

    pub fn rings(&self) -> u64 {
        todo!()
    }

    pub fn ring(&self) {
        todo!()
    }

    /// Ready at the next ring, with how many there were.
    pub async fn heard(&self) -> u64 {
        todo!()
    }
}
