use std::cell::RefCell;
use std::rc::Rc;

pub struct Gate {
    free: Rc<RefCell<usize>>,
}

pub struct Permit {
    free: Rc<RefCell<usize>>,
    number: usize,
    left: RefCell<bool>,
}

impl Gate {
    pub fn new(places: usize) -> Gate {
        return Gate { free: Rc::new(RefCell::new(places)) };
    }
    pub fn free(&self) -> usize {
        return self.free.borrow().clone();
    }
    pub fn enter(&self) -> Option<Permit> {
        if self.free() == 0 {
            return None;
        }
        let number = self.free();
        *self.free.borrow_mut() = number - 1;
        return Some(Permit { free: self.free.clone(), number: number, left: RefCell::new(false) });
    }
}

impl Permit {
    pub fn number(&self) -> usize {
        return self.number;
    }
    // gives the place back, but only once
    pub fn leave(&self) {
        if *self.left.borrow() == false {
            *self.left.borrow_mut() = true;
            *self.free.borrow_mut() += 1;
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.leave();
    }
}
