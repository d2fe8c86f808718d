//! A pool that refuses every misuse because it refuses nearly every use: `get` takes it by `&mut`. The tests do not compile against
//! it, nor do the twins of the probes. (Family 46.)

mod base;

use std::ops::{Deref, DerefMut};

pub struct Pool<C>(base::Pool<C>);

pub struct Guard<'pool, C>(base::Guard<'pool, C>);

impl<C> Pool<C> {
    pub fn new(connections: Vec<C>) -> Self {
        Pool(base::Pool::new(connections))
    }

    pub fn get(&mut self) -> Option<Guard<'_, C>> {
        self.0.get().map(Guard)
    }

    pub fn add(&self, connection: C) {
        self.0.add(connection);
    }

    pub fn idle(&self) -> usize {
        self.0.idle()
    }

    pub fn in_use(&self) -> usize {
        self.0.in_use()
    }

    pub fn close(self) -> Vec<C> {
        self.0.close()
    }
}

impl<C> Guard<'_, C> {
    pub fn release(self) {}

    pub fn discard(self) {
        self.0.discard();
    }
}

impl<C> Deref for Guard<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.0
    }
}

impl<C> DerefMut for Guard<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.0
    }
}
