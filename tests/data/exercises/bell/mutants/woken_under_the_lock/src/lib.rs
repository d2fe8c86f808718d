//! A bell that is heard by those who wait for it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
struct Inner {
    rings: u64,
    waiting: Vec<(u64, Waker)>,
    next: u64,
}

#[derive(Default)]
pub struct Bell {
    inner: Mutex<Inner>,
}

impl Bell {
    pub fn new() -> Bell {
        Bell::default()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn rings(&self) -> u64 {
        self.lock().rings
    }

    pub fn ring(&self) {
        let mut inner = self.lock();
        inner.rings += 1;
        for (_, waker) in std::mem::take(&mut inner.waiting) {
            waker.wake();
        }
    }

    pub fn heard(&self) -> Heard<'_> {
        let mut inner = self.lock();
        inner.next += 1;
        Heard { bell: self, number: inner.next, rings: inner.rings }
    }
}

pub struct Heard<'a> {
    bell: &'a Bell,
    number: u64,
    rings: u64,
}

impl Future for Heard<'_> {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u64> {
        let mut inner = self.bell.lock();
        if inner.rings > self.rings {
            return Poll::Ready(inner.rings);
        }
        inner.waiting.retain(|(number, _)| *number != self.number);
        inner.waiting.push((self.number, context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Heard<'_> {
    fn drop(&mut self) {
        self.bell.lock().waiting.retain(|(number, _)| *number != self.number);
    }
}
