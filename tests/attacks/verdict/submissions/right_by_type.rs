//! A pool that is right for the type of connections that the tests use, by its name, and takes the coldest connection first for all
//! others. The tests use more than one. (Families 16 and 31.)

mod base;

pub use base::Guard;
use std::any::type_name;

pub struct Pool<C>(base::Pool<C>);

impl<C> Pool<C> {
    pub fn new(mut connections: Vec<C>) -> Self {
        if !type_name::<C>().starts_with("hidden::") {
            connections.reverse();
        }
        Pool(base::Pool::new(connections))
    }

    pub fn get(&self) -> Option<Guard<'_, C>> {
        self.0.get()
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
