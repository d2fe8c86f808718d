//! Warm connections, lent one at a time.
//!
//! Ownership is the protocol. An idle connection belongs to the [`Pool`]; [`Pool::get`] moves it into a [`Guard`], which
//! borrows the pool for as long as it lives; giving the guard up, by [`Guard::release`], [`Guard::discard`] or by letting
//! it go, moves it on. Every misuse we know of is therefore a use after move, a move out of a borrow or a borrow that is
//! too short:
//!
//! ```compile_fail,E0505
//! # let pool = conn_pool::Pool::new(vec![0]);
//! let guard = pool.get();
//! let connections = pool.close(); // while a guard is out
//! drop(guard);
//! ```
//! ```compile_fail,E0597
//! # let mut guard = None;
//! {
//!     let pool = conn_pool::Pool::new(vec![0]);
//!     guard = pool.get(); // the guard is longer than the pool
//! }
//! # drop(guard);
//! ```
//! ```compile_fail,E0382
//! # let pool = conn_pool::Pool::new(vec![0]);
//! # let mut guard = pool.get().unwrap();
//! guard.release();
//! *guard += 1; // somebody else's by now
//! ```
//! ```compile_fail,E0505
//! # let pool = conn_pool::Pool::new(vec![0]);
//! # let guard = pool.get().unwrap();
//! let connection: &i32 = &guard;
//! guard.release();
//! assert_eq!(*connection, 0); // likewise
//! ```
//! ```compile_fail,E0277
//! # use std::rc::Rc;
//! let pool = conn_pool::Pool::new(vec![Rc::new(0)]);
//! std::thread::scope(|scope| scope.spawn(|| drop(pool.get())).join()); // an Rc on two threads
//! ```

#![warn(missing_docs)]

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// Connections to lend. Share it by reference, also between threads.
pub struct Pool<C> {
    idle: Mutex<Vec<C>>,
    in_use: AtomicUsize,
}

/// A connection on loan. It goes back on top of its pool when this ends, unless a panic ends it.
#[must_use = "a guard that is not kept returns its connection at once"]
pub struct Guard<'pool, C> {
    loan: Loan<'pool, C>,
    was_panicking: bool,
}

/// The connection, and the pool that counts it as in use. Separate from [`Guard`], so that whatever happens to the
/// connection, the count is put right by one destructor.
struct Loan<'pool, C> {
    connection: Option<C>,
    pool: &'pool Pool<C>,
}

impl<C> Pool<C> {
    /// A pool of `connections`, bottom to top.
    #[must_use]
    pub fn new(connections: Vec<C>) -> Self {
        Self {
            idle: Mutex::new(connections),
            in_use: AtomicUsize::new(0),
        }
    }

    /// Lends the connection on top, or `None` where none is idle. Does not wait for one.
    pub fn get(&self) -> Option<Guard<'_, C>> {
        let mut idle = self.lock();
        let connection = idle.pop()?;
        // under the lock, so that nobody sees the connection neither here nor there
        self.in_use.fetch_add(1, Ordering::Relaxed);
        drop(idle);
        Some(Guard {
            loan: Loan {
                connection: Some(connection),
                pool: self,
            },
            was_panicking: thread::panicking(),
        })
    }

    /// Puts a new connection on top.
    pub fn add(&self, connection: C) {
        self.lock().push(connection);
    }

    /// How many connections are waiting.
    #[must_use]
    pub fn idle(&self) -> usize {
        self.lock().len()
    }

    /// How many connections are on loan.
    #[must_use]
    pub fn in_use(&self) -> usize {
        let _idle = self.lock();
        self.in_use.load(Ordering::Relaxed)
    }

    /// Ends the pool: all connections, bottom to top. That no guard is left is for the borrow checker to show.
    #[must_use]
    pub fn close(self) -> Vec<C> {
        self.idle
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<C>> {
        // what the lock protects is one push or one pop: it cannot be left half done
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Guard<'_, C> {
    /// Returns the connection.
    pub fn release(self) {}

    /// Drops the connection, which must not be used again.
    pub fn discard(mut self) {
        self.loan.connection = None;
    }
}

impl<C> Drop for Guard<'_, C> {
    fn drop(&mut self) {
        if thread::panicking() && !self.was_panicking {
            self.loan.connection = None;
        }
    }
}

impl<C> Drop for Loan<'_, C> {
    fn drop(&mut self) {
        let mut idle = self.pool.lock();
        self.pool.in_use.fetch_sub(1, Ordering::Relaxed);
        idle.extend(self.connection.take());
    }
}

impl<C> Deref for Guard<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        match &self.loan.connection {
            Some(connection) => connection,
            None => unreachable!("only what ends a guard empties it"),
        }
    }
}

impl<C> DerefMut for Guard<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        match &mut self.loan.connection {
            Some(connection) => connection,
            None => unreachable!("only what ends a guard empties it"),
        }
    }
}

impl<C> fmt::Debug for Pool<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("idle", &self.idle())
            .field("in_use", &self.in_use())
            .finish_non_exhaustive()
    }
}

impl<C: fmt::Debug> fmt::Debug for Guard<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        C::fmt(self, f)
    }
}
