//! Sums of what threads bring.

/// Count and sum.
pub struct Sums {}

impl Sums {
    /// Of nothing.
    pub const fn new() -> Sums {
        Sums {}
    }

    /// Adds a value.
    pub fn add(&self, _value: u64) {
        todo!()
    }

    /// Count and sum.
    pub fn both(&self) -> (u64, u64) {
        todo!()
    }
}
