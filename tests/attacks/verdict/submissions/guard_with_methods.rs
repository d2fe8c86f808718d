//! Control: a right pool whose guards have methods of their own, with names that nobody asks a connection for. (Family 16.)

mod base;

pub use base::*;
use std::fmt;

impl<C> Guard<'_, C> {
    /// The connection, for who prefers a call to a star.
    pub fn connection(&mut self) -> &mut C {
        self
    }
}

impl<C: fmt::Debug> fmt::Debug for Guard<'_, C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        C::fmt(self, out)
    }
}

impl<C> fmt::Debug for Pool<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} idle, {} in use", self.idle(), self.in_use())
    }
}
