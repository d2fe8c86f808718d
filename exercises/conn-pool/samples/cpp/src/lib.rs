//! RAII connection pool. The guard is a unique owner, the pool a mutex around a stack.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard};
use std::thread;

struct Shelf<C> {
    m_idle: Vec<C>,
    m_in_use: usize,
}

pub struct Pool<C> {
    m_shelf: Mutex<Shelf<C>>,
}

/// Like a unique_ptr with a custom deleter. Non-copyable, movable, bound to the pool's lifetime.
pub struct Guard<'p, C> {
    m_pool: &'p Pool<C>,
    m_connection: Option<C>,
    m_unwinding_at_birth: bool,
}

impl<C> Pool<C> {
    pub fn new(connections: Vec<C>) -> Pool<C> {
        return Pool { m_shelf: Mutex::new(Shelf { m_idle: connections, m_in_use: 0 }) };
    }

    fn locked<'a>(&'a self) -> MutexGuard<'a, Shelf<C>> {
        // a poisoned mutex is as good as any other: each critical section is a push or a pop
        match self.m_shelf.lock() {
            Ok(guard) => {
                return guard;
            }
            Err(poisoned) => {
                return poisoned.into_inner();
            }
        }
    }

    pub fn get<'p>(&'p self) -> Option<Guard<'p, C>> {
        let mut shelf: MutexGuard<'_, Shelf<C>> = self.locked();
        if shelf.m_idle.len() == 0 {
            return None;
        }
        let connection: Option<C> = shelf.m_idle.pop();
        shelf.m_in_use += 1;
        return Some(Guard { m_pool: self, m_connection: connection, m_unwinding_at_birth: thread::panicking() });
    }

    pub fn add(&self, connection: C) {
        self.locked().m_idle.push(connection);
    }

    pub fn idle(&self) -> usize {
        return self.locked().m_idle.len();
    }

    pub fn in_use(&self) -> usize {
        return self.locked().m_in_use;
    }

    pub fn close(self) -> Vec<C> {
        match self.m_shelf.into_inner() {
            Ok(shelf) => return shelf.m_idle,
            Err(poisoned) => return poisoned.into_inner().m_idle,
        }
    }
}

impl<'p, C> Guard<'p, C> {
    pub fn release(self) {
        drop(self);
    }

    pub fn discard(mut self) {
        let broken: Option<C> = self.m_connection.take();
        drop(self);
        drop(broken);
    }
}

impl<'p, C> Drop for Guard<'p, C> {
    fn drop(&mut self) {
        let connection: Option<C> = self.m_connection.take();
        let unwinding: bool = thread::panicking() == true && self.m_unwinding_at_birth == false;
        let mut to_destroy: Option<C> = None;
        {
            let mut shelf: MutexGuard<'_, Shelf<C>> = self.m_pool.locked();
            shelf.m_in_use -= 1;
            if unwinding {
                to_destroy = connection;
            } else if connection.is_some() {
                shelf.m_idle.push(connection.unwrap());
            }
        }
        // outside of the lock: a destructor may call us back
        drop(to_destroy);
    }
}

impl<'p, C> Deref for Guard<'p, C> {
    type Target = C;

    fn deref(&self) -> &C {
        return self.m_connection.as_ref().unwrap();
    }
}

impl<'p, C> DerefMut for Guard<'p, C> {
    fn deref_mut(&mut self) -> &mut C {
        return self.m_connection.as_mut().unwrap();
    }
}
