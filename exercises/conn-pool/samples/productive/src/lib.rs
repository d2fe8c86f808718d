//! A thread-safe pool of connections with guards that return them.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A pool of idle connections.
#[derive(Debug)]
pub struct Pool<C> {
    shared: Arc<Shared<C>>,
}

#[derive(Debug)]
struct Shared<C> {
    state: Mutex<State<C>>,
}

#[derive(Debug)]
struct State<C> {
    idle: Vec<C>,
    in_use: usize,
}

impl<C> Shared<C> {
    /// The state is consistent whenever the lock is free, so poisoning can be ignored.
    fn lock(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is in use. Dropping the guard returns it to the pool.
#[derive(Debug)]
pub struct Guard<C> {
    /// `None` only once the guard is being given up.
    connection: Option<C>,
    shared: Arc<Shared<C>>,
}

impl<C> Pool<C> {
    /// A pool of `connections`, the last of which is handed out first.
    pub fn new(connections: Vec<C>) -> Self {
        let state = State {
            idle: connections,
            in_use: 0,
        };
        Pool {
            shared: Arc::new(Shared {
                state: Mutex::new(state),
            }),
        }
    }

    /// Takes an idle connection, if there is one.
    pub fn get(&self) -> Option<Guard<C>> {
        let mut state = self.shared.lock();
        let connection = state.idle.pop()?;
        state.in_use += 1;
        Some(Guard {
            connection: Some(connection),
            shared: Arc::clone(&self.shared),
        })
    }

    /// Adds an idle connection.
    pub fn add(&self, connection: C) {
        self.shared.lock().idle.push(connection);
    }

    /// Number of idle connections.
    pub fn idle(&self) -> usize {
        self.shared.lock().idle.len()
    }

    /// Number of connections in use.
    pub fn in_use(&self) -> usize {
        self.shared.lock().in_use
    }

    /// Ends the pool and returns the idle connections.
    ///
    /// Guards that are still out keep working; their connections are dropped with the last of them.
    pub fn close(self) -> Vec<C> {
        std::mem::take(&mut self.shared.lock().idle)
    }
}

impl<C> Guard<C> {
    /// Returns the connection to the pool.
    pub fn release(self) {
        drop(self);
    }

    /// Drops the connection instead of returning it.
    pub fn discard(mut self) {
        self.connection = None;
    }
}

impl<C> Drop for Guard<C> {
    fn drop(&mut self) {
        let connection = self.connection.take();
        let mut state = self.shared.lock();
        state.in_use -= 1;
        if !std::thread::panicking() {
            state.idle.extend(connection);
        }
    }
}

impl<C> Deref for Guard<C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.connection.as_ref().expect("guard is alive")
    }
}

impl<C> DerefMut for Guard<C> {
    fn deref_mut(&mut self) -> &mut C {
        self.connection.as_mut().expect("guard is alive")
    }
}
