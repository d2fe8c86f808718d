//! Connection pool

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

pub struct Pool<C> {
    idle: Rc<RefCell<Vec<C>>>,
    in_use: Rc<RefCell<usize>>,
}

pub struct Guard<C> {
    connection: Option<C>,
    idle: Rc<RefCell<Vec<C>>>,
    in_use: Rc<RefCell<usize>>,
}

impl<C> Pool<C> {
    pub fn new(connections: Vec<C>) -> Pool<C> {
        let pool = Pool { idle: Rc::new(RefCell::new(connections)), in_use: Rc::new(RefCell::new(0)) };
        return pool;
    }

    pub fn get(&self) -> Option<Guard<C>> {
        if self.idle.borrow().len() == 0 {
            return None;
        }
        let connection = self.idle.borrow_mut().pop().unwrap();
        *self.in_use.borrow_mut() += 1;
        Some(Guard { connection: Some(connection), idle: self.idle.clone(), in_use: self.in_use.clone() })
    }

    pub fn add(&self, connection: C) {
        self.idle.borrow_mut().push(connection);
    }

    pub fn idle(&self) -> usize {
        self.idle.borrow().len()
    }

    pub fn in_use(&self) -> usize {
        *self.in_use.borrow()
    }

    pub fn close(&mut self) -> Vec<C> {
        let mut result = Vec::new();
        for c in self.idle.borrow_mut().drain(..) {
            result.push(c);
        }
        result
    }
}

impl<C> Guard<C> {
    // put the connection back
    pub fn release(&mut self) {
        if self.connection.is_some() {
            let connection = self.connection.take().unwrap();
            self.idle.borrow_mut().push(connection);
            *self.in_use.borrow_mut() -= 1;
        }
    }

    // the connection is broken, do not put it back
    pub fn discard(&mut self) {
        if self.connection.is_some() {
            self.connection = None;
            *self.in_use.borrow_mut() -= 1;
        }
    }
}

impl<C> Drop for Guard<C> {
    fn drop(&mut self) {
        self.release();
    }
}

impl<C> Deref for Guard<C> {
    type Target = C;
    fn deref(&self) -> &C {
        self.connection.as_ref().unwrap()
    }
}

impl<C> DerefMut for Guard<C> {
    fn deref_mut(&mut self) -> &mut C {
        self.connection.as_mut().unwrap()
    }
}
