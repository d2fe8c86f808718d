//! A right pool: level 3 as it is.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

pub struct Pool<C> {
    shelf: Mutex<Shelf<C>>,
}

struct Shelf<C> {
    idle: Vec<C>,
    in_use: usize,
}

pub struct Guard<'pool, C> {
    pool: &'pool Pool<C>,
    connection: Option<C>,
    taken_in_panic: bool,
}

impl<C> Pool<C> {
    pub fn new(connections: Vec<C>) -> Self {
        Pool {
            shelf: Mutex::new(Shelf {
                idle: connections,
                in_use: 0,
            }),
        }
    }

    pub fn get(&self) -> Option<Guard<'_, C>> {
        let mut shelf = self.lock();
        let connection = shelf.idle.pop()?;
        shelf.in_use += 1;
        Some(Guard {
            pool: self,
            connection: Some(connection),
            taken_in_panic: thread::panicking(),
        })
    }

    pub fn add(&self, connection: C) {
        self.lock().idle.push(connection);
    }

    pub fn idle(&self) -> usize {
        self.lock().idle.len()
    }

    pub fn in_use(&self) -> usize {
        self.lock().in_use
    }

    pub fn close(self) -> Vec<C> {
        let shelf = self.shelf.into_inner();
        shelf.unwrap_or_else(PoisonError::into_inner).idle
    }

    fn lock(&self) -> MutexGuard<'_, Shelf<C>> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Guard<'_, C> {
    pub fn release(self) {
        drop(self);
    }

    pub fn discard(mut self) {
        self.connection = None;
    }
}

impl<C> Drop for Guard<'_, C> {
    fn drop(&mut self) {
        let connection = self.connection.take();
        let spoilt = thread::panicking() && !self.taken_in_panic;
        let mut shelf = self.pool.lock();
        shelf.in_use -= 1;
        shelf.idle.extend(connection.filter(|_| !spoilt));
    }
}

impl<C> Deref for Guard<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.connection.as_ref().expect("there until the end")
    }
}

impl<C> DerefMut for Guard<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        self.connection.as_mut().expect("there until the end")
    }
}
