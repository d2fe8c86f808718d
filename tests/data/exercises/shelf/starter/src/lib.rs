pub struct Shelf;

impl Shelf {
    pub fn new() -> Shelf {
        Shelf
    }

    /// The value of the key; the first who asks for it makes it.
    pub fn get_or_make(&self, _key: u64, _make: impl FnOnce() -> u64) -> u64 {
        todo!()
    }
}
