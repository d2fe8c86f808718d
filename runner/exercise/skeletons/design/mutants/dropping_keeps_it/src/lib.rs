//! A gate that lets so many in at a time.

use std::cell::Cell;

/// Gives permits while places are free.
pub struct Gate {
    free: Cell<usize>,
}

/// A place that was taken, until it is dropped.
#[must_use = "a permit that is dropped at once lets nobody in"]
pub struct Permit<'gate> {
    gate: &'gate Gate,
    number: usize,
}

impl Gate {
    pub fn new(places: usize) -> Gate {
        Gate {
            free: Cell::new(places),
        }
    }

    pub fn free(&self) -> usize {
        self.free.get()
    }

    pub fn enter(&self) -> Option<Permit<'_>> {
        let number = self.free.get();
        self.free.set(number.checked_sub(1)?);
        Some(Permit { gate: self, number })
    }
}

impl Permit<'_> {
    /// How many places were free before this one was taken.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Gives the place back now rather than at the end of the scope.
    pub fn leave(self) {}
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.gate.free.set(self.gate.free.get());
    }
}
