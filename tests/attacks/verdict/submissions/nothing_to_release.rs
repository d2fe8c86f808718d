//! A pool without `release` and `discard`: what must not compile does not, for want of them. A probe must fail by the right rule
//! at the right line, and its twin must compile. (Family 46.)

mod base;

use std::ops::{Deref, DerefMut};

pub struct Pool<C>(base::Pool<C>);

pub struct Guard<'pool, C>(base::Guard<'pool, C>);

impl<C> Pool<C> {
    pub fn new(connections: Vec<C>) -> Self {
        Pool(base::Pool::new(connections))
    }

    pub fn get(&self) -> Option<Guard<'_, C>> {
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
