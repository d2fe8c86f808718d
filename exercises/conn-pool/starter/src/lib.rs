//! A pool of connections whose misuse does not compile.
//!
//! The signatures here are a sketch: they show the names and what is passed. What each method takes (`self`, `&self`,
//! `&mut self`) and which lifetimes and bounds the types carry is yours to design.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// Connections that wait to be used.
pub struct Pool<C> {
    // yours
    sketch: PhantomData<C>,
}

/// One connection, taken from its pool. It goes back when the guard is released or dropped.
pub struct Guard<C> {
    // yours
    sketch: PhantomData<C>,
}

impl<C> Pool<C> {
    /// A pool of these connections; the last of them is on top.
    pub fn new(connections: Vec<C>) -> Pool<C> {
        todo!()
    }

    /// Takes the connection that was returned last, if one is idle.
    pub fn get(&self) -> Option<Guard<C>> {
        todo!()
    }

    /// Puts one more connection on top.
    pub fn add(&self, connection: C) {
        todo!()
    }

    /// How many connections wait.
    pub fn idle(&self) -> usize {
        todo!()
    }

    /// How many connections are out.
    pub fn in_use(&self) -> usize {
        todo!()
    }

    /// Ends the pool and gives its connections back, bottom to top.
    pub fn close(&mut self) -> Vec<C> {
        todo!()
    }
}

impl<C> Guard<C> {
    /// Puts the connection back.
    pub fn release(&mut self) {
        todo!()
    }

    /// Drops the connection, which is broken.
    pub fn discard(&mut self) {
        todo!()
    }
}

impl<C> Deref for Guard<C> {
    type Target = C;

    fn deref(&self) -> &C {
        todo!()
    }
}

impl<C> DerefMut for Guard<C> {
    fn deref_mut(&mut self) -> &mut C {
        todo!()
    }
}
