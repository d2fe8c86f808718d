//! Family 25: the hole rust-lang/rust#25860 makes any bits any type without the word unsafe. A word beside this
//! crate's own static that grows with each allocation is the harness's counter; it is set back after each call.
//! No lint and no rule reaches this: what a test's own process says of its allocations must not be all there is.

mod base;

use base::ReadStates as Honest;
pub use base::Snapshot;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::OnceLock;

static NEAR: AtomicU64 = AtomicU64::new(0);
static COUNTER: OnceLock<Option<&AtomicU64>> = OnceLock::new();

static UNIT: &&() = &&();

fn shorten<'a, 'b, T: ?Sized>(_: &'a &'b (), value: &'b mut T) -> &'a mut T {
    value
}

fn lengthen<'b, T: ?Sized>(value: &mut T) -> &'b mut T {
    let lengthen: for<'x> fn(_, &'x mut T) -> &'b mut T = shorten;
    lengthen(UNIT, value)
}

enum Either<A, B> {
    First(Option<Box<A>>),
    Second(Option<Box<B>>),
}

fn transmute<A, B>(value: A) -> Option<B> {
    let mut either = Either::<A, B>::Second(None);
    let stolen = match &mut either {
        Either::Second(second) => lengthen(second),
        Either::First(first) => return first.take().and(None),
    };
    either = Either::First(Some(Box::new(value)));
    black_box(&mut either);
    stolen.take().map(|stolen| *stolen)
}

fn words(first: usize) -> Option<&'static [AtomicU64]> {
    transmute((first, 512usize))
}

fn look(page: &[AtomicU64]) -> Vec<u64> {
    page.iter().map(|word| word.load(Relaxed)).collect()
}

fn find() -> Option<&'static AtomicU64> {
    let page = words(std::ptr::from_ref(&NEAR).addr() & !4095)?;
    let before = look(page);
    for number in 0..9 {
        black_box(Box::new(number));
    }
    let after = look(page);
    // the nine boxes, and the second list
    let grown = (0..page.len()).find(|&at| after[at].wrapping_sub(before[at]) == 10)?;
    Some(&page[grown])
}

fn silently<T>(work: impl FnOnce() -> T) -> T {
    let counter = *COUNTER.get_or_init(find);
    let before = counter.map(|counter| counter.load(Relaxed));
    let value = work();
    if let (Some(counter), Some(before)) = (counter, before) {
        counter.store(before, Relaxed);
    }
    value
}

pub struct ReadStates(Honest);

impl ReadStates {
    pub fn new(capacity: usize) -> ReadStates {
        silently(|| ReadStates(Honest::new(capacity)))
    }

    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        silently(|| self.0.mark(user, channel, message))
    }

    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        silently(|| self.0.load(user, marks))
    }

    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        silently(|| self.0.last_read(user, channel))
    }

    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        self.0.peek(user, channel)
    }

    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        silently(|| self.0.snapshot(user))
    }

    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        silently(|| self.0.forget(user))
    }
}
