//! A gate that lets so many in at a time: a permit borrows the count that it changed.

use std::cell::Cell;

pub struct Gate {
    places: usize,
    taken: Cell<usize>,
}

/// Gives its place back when it is dropped.
#[must_use]
pub struct Permit<'gate> {
    taken: &'gate Cell<usize>,
    number: usize,
}

impl Gate {
    pub fn new(places: usize) -> Self {
        let taken = Cell::new(0);
        Self { places, taken }
    }

    pub fn free(&self) -> usize {
        self.places - self.taken.get()
    }

    pub fn enter(&self) -> Option<Permit<'_>> {
        let number = self.free();
        (number > 0).then(|| {
            self.taken.set(self.taken.get() + 1);
            Permit {
                taken: &self.taken,
                number,
            }
        })
    }
}

impl Permit<'_> {
    pub fn number(&self) -> usize {
        self.number
    }

    pub fn leave(self) {}
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.taken.set(self.taken.get() - 1);
    }
}
