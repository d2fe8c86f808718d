//! A pool whose guards panic when a panic drops them, which ends the process, and with it, it hopes, the test. (Families 3 and
//! 13.)

mod base;

use std::ops::{Deref, DerefMut};
use std::thread;

pub struct Pool<C>(base::Pool<C>);

pub struct Guard<'pool, C>(Option<base::Guard<'pool, C>>);

impl<C> Pool<C> {
    pub fn new(connections: Vec<C>) -> Self {
        Pool(base::Pool::new(connections))
    }

    pub fn get(&self) -> Option<Guard<'_, C>> {
        self.0.get().map(|guard| Guard(Some(guard)))
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
        let mut this = self;
        this.0.take().map_or((), base::Guard::discard);
    }
}

impl<C> Drop for Guard<'_, C> {
    fn drop(&mut self) {
        assert!(!thread::panicking(), "enough");
    }
}

impl<C> Deref for Guard<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.0.as_ref().expect("there")
    }
}

impl<C> DerefMut for Guard<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        self.0.as_mut().expect("there")
    }
}
