//! A gate that lets so many in at a time; permits share its count.

use std::cell::Cell;
use std::rc::Rc;

pub struct Gate {
    free: Rc<Cell<usize>>,
}

pub struct Permit {
    free: Rc<Cell<usize>>,
    number: usize,
}

impl Gate {
    pub fn new(places: usize) -> Gate {
        let free = Rc::new(Cell::new(places));
        Gate { free }
    }

    pub fn free(&self) -> usize {
        self.free.get()
    }

    pub fn enter(&self) -> Option<Permit> {
        let number = self.free.get();
        if number == 0 {
            return None;
        }
        self.free.set(number - 1);
        Some(Permit {
            free: Rc::clone(&self.free),
            number,
        })
    }
}

impl Permit {
    pub fn number(&self) -> usize {
        self.number
    }

    pub fn leave(self) {
        drop(self);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.free.set(self.free.get() + 1);
    }
}
