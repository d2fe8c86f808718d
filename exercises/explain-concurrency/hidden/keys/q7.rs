//! Adapters that count how often the future in them was polled.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Counted<F> {
    pub inner: F,
    pub polls: u32,
}

impl<F: Future> Counted<F> {
    pub fn direct(&mut self, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.polls += 1;
        self.inner.poll(cx) //~ E0599
    }

    pub fn pinned_here(&mut self, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.polls += 1;
        Pin::new(&mut self.inner).poll(cx) //~ E0277
    }
}

impl<F: Future> Counted<Pin<Box<F>>> {
    pub fn boxed(&mut self, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.polls += 1;
        self.inner.as_mut().poll(cx)
    }
}
