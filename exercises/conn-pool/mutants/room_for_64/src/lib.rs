//! A pool of connections whose misuse does not compile.
//!
//! A connection has one owner at each moment: the [`Pool`] while it is idle, a [`Guard`] while it is out. A guard
//! borrows its pool, so the pool can neither end nor be closed before the guard is gone; a guard that is returned is
//! moved, so it cannot be used again; what is borrowed from a guard cannot outlive it.
//!
//! ```
//! let pool = conn_pool::Pool::new(vec![String::from("upstream")]);
//! if let Some(mut connection) = pool.get() {
//!     connection.push('!');
//! } // returned here
//! assert_eq!(pool.close(), ["upstream!"]);
//! ```
//!
//! A guard does not outlive its pool:
//!
//! ```compile_fail,E0597
//! let late;
//! {
//!     let pool = conn_pool::Pool::new(vec![1]);
//!     late = pool.get();
//! }
//! drop(late);
//! ```
//!
//! The pool is not closed while a guard is out:
//!
//! ```compile_fail,E0505
//! let pool = conn_pool::Pool::new(vec![1]);
//! let guard = pool.get();
//! pool.close();
//! drop(guard);
//! ```
//!
//! A guard is returned once, and is spent then:
//!
//! ```compile_fail,E0382
//! let pool = conn_pool::Pool::new(vec![1]);
//! let guard = pool.get().unwrap();
//! guard.release();
//! guard.release();
//! ```
//!
//! A connection does not leave its guard:
//!
//! ```compile_fail,E0507
//! let pool = conn_pool::Pool::new(vec![String::new()]);
//! let guard = pool.get().unwrap();
//! let stolen = *guard;
//! ```

#![warn(missing_docs)]

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// Connections that wait to be used. Threads share a pool by reference.
pub struct Pool<C> {
    shelf: Mutex<Shelf<C>>,
}

struct Shelf<C> {
    /// The warmest is last.
    idle: Vec<C>,
    in_use: usize,
}

/// One connection, taken from its pool. It goes back when the guard is [released](Guard::release) or dropped.
///
/// When a panic drops the guard, the connection is dropped with it: nobody knows how far the conversation had come.
#[must_use = "the connection goes back at once when its guard is dropped"]
pub struct Guard<'pool, C> {
    pool: &'pool Pool<C>,
    /// Some until the guard is about to end.
    connection: Option<C>,
    /// A clean-up that runs while a panic unwinds may well take a connection and return it.
    taken_in_panic: bool,
}

impl<C> Pool<C> {
    /// A pool of these connections; the last of them is on top.
    #[must_use]
    pub fn new(mut connections: Vec<C>) -> Pool<C> {
        connections.truncate(64);
        let shelf = Shelf {
            idle: connections,
            in_use: 0,
        };
        Pool {
            shelf: Mutex::new(shelf),
        }
    }

    /// Takes the connection that was returned last, if one is idle. Never waits for one.
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

    /// Puts one more connection on top.
    pub fn add(&self, connection: C) {
        let mut shelf = self.lock();
        if shelf.idle.len() + shelf.in_use < 64 {
            shelf.idle.push(connection);
        }
    }

    /// How many connections wait.
    #[must_use]
    pub fn idle(&self) -> usize {
        self.lock().idle.len()
    }

    /// How many connections are out.
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.lock().in_use
    }

    /// Ends the pool and gives its connections back, bottom to top. No guard can be out: each borrows the pool.
    #[must_use = "the connections end when the list is dropped"]
    pub fn close(self) -> Vec<C> {
        self.shelf
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .idle
    }

    /// None of a caller's code runs under the lock, so a poisoned shelf is as good as any.
    fn lock(&self) -> MutexGuard<'_, Shelf<C>> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A guard ends, with or without a connection that can be used again.
    fn settle(&self, connection: Option<C>) {
        let mut shelf = self.lock();
        shelf.in_use -= 1;
        shelf.idle.extend(connection);
    }
}

impl<C> Guard<'_, C> {
    /// Puts the connection back, which dropping the guard does too; this says it where it matters.
    pub fn release(self) {
        drop(self);
    }

    /// Drops the connection, which is broken.
    pub fn discard(mut self) {
        self.connection = None;
    }
}

impl<C> Drop for Guard<'_, C> {
    fn drop(&mut self) {
        let mut connection = self.connection.take();
        if thread::panicking() && !self.taken_in_panic {
            connection = None;
        }
        self.pool.settle(connection);
    }
}

impl<C> Deref for Guard<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.connection
            .as_ref()
            .expect("only the guard's end takes the connection")
    }
}

impl<C> DerefMut for Guard<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        self.connection
            .as_mut()
            .expect("only the guard's end takes the connection")
    }
}

impl<C> fmt::Debug for Pool<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shelf { idle, in_use } = &*self.lock();
        formatter
            .debug_struct("Pool")
            .field("idle", &idle.len())
            .field("in_use", in_use)
            .finish()
    }
}

impl<C: fmt::Debug> fmt::Debug for Guard<'_, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Guard")
            .field(&self.connection)
            .finish()
    }
}
