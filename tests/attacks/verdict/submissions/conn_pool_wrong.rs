//! Control: a wrong pool that lends the coldest connection first. (Families 13, 16 and 46.)

mod base;

pub use base::Guard;

pub struct Pool<C>(base::Pool<C>);

impl<C> Pool<C> {
    pub fn new(mut connections: Vec<C>) -> Self {
        connections.reverse();
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
