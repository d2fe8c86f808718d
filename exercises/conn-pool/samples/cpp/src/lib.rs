//! Connection pool with RAII guards. A guard is move-only (as everything is here) and holds a reference to its pool, so the
//! lifetime checker sees that the pool must live longer.

use std::ops::{Deref, DerefMut};
use std::sync::Mutex;
use std::thread::panicking;

/// Everything that the mutex protects.
struct State<C> {
    stack: Vec<C>,
    out_count: usize,
}

/// The pool.
pub struct Pool<C> {
    state: Mutex<State<C>>,
}

/// Scoped owner of one connection.
pub struct Guard<'a, C> {
    pool: &'a Pool<C>,
    connection: Option<C>,
    /// As with `std::uncaught_exceptions()`: was the stack being unwound when this was constructed?
    unwinding_at_start: bool,
}

impl<C> Pool<C> {
    /// Constructor. Takes ownership of the connections.
    pub fn new(connections: Vec<C>) -> Pool<C> {
        let state = State { stack: connections, out_count: 0 };
        return Pool { state: Mutex::new(state) };
    }

    /// Non-blocking acquire.
    pub fn get<'a>(&'a self) -> Option<Guard<'a, C>> {
        let mut state = self.state.lock().unwrap();
        if state.stack.len() == 0 {
            return None;
        }
        let connection = state.stack.pop().unwrap();
        state.out_count = state.out_count + 1;
        return Some(Guard {
            pool: self,
            connection: Some(connection),
            unwinding_at_start: panicking(),
        });
    }

    /// Pushes a new connection.
    pub fn add(&self, connection: C) {
        self.state.lock().unwrap().stack.push(connection);
    }

    /// Getter.
    pub fn idle(&self) -> usize {
        return self.state.lock().unwrap().stack.len();
    }

    /// Getter.
    pub fn in_use(&self) -> usize {
        return self.state.lock().unwrap().out_count;
    }

    /// Consumes the pool. The mutex is not locked: nobody else can have a reference any more.
    pub fn close(self) -> Vec<C> {
        let state = self.state.into_inner().unwrap();
        return state.stack;
    }

    // all three ways of giving a guard up end here
    fn give_back(&self, connection: Option<C>) {
        // the count under the lock; the destructor of a connection that is not kept ran before
        let mut state = self.state.lock().unwrap();
        state.out_count = state.out_count - 1;
        if connection.is_some() {
            state.stack.push(connection.unwrap());
        }
    }
}

impl<'a, C> Guard<'a, C> {
    /// Gives the connection back.
    pub fn release(self) {
        drop(self);
    }

    /// Destroys the connection.
    pub fn discard(mut self) {
        self.destroy();
    }

    fn destroy(&mut self) {
        let broken = self.connection.take();
        drop(broken);
    }
}

impl<'a, C> Drop for Guard<'a, C> {
    fn drop(&mut self) {
        if panicking() && !self.unwinding_at_start {
            self.destroy();
        }
        let connection = self.connection.take();
        self.pool.give_back(connection);
    }
}

impl<'a, C> Deref for Guard<'a, C> {
    type Target = C;

    fn deref(&self) -> &C {
        return self.connection.as_ref().unwrap();
    }
}

impl<'a, C> DerefMut for Guard<'a, C> {
    fn deref_mut(&mut self) -> &mut C {
        return self.connection.as_mut().unwrap();
    }
}
