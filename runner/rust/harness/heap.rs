//! Counts what the process asks its heap for.

use crate::tally;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};
use std::thread::Result;

/// What the whole process did with its heap while a body ran ([`crate::Test::heap`]).
#[derive(Clone, Copy, Debug)]
pub struct Heap {
    /// Allocations and reallocations.
    pub allocations: u64,
    /// Allocations that were given back, whether they were made meanwhile or before.
    pub frees: u64,
    /// Bytes asked for in all; of a reallocation, what it grew by.
    pub bytes: u64,
    /// The most bytes that were held at once beyond what was held at the beginning.
    pub peak: u64,
}

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
/// Bytes are followed in [`measure`] only: counting them all the time would slow every test.
static MEASURING: AtomicBool = AtomicBool::new(false);
static FREES: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static HELD: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);

pub(crate) fn count<T>(body: impl FnOnce() -> T) -> (u64, T) {
    let before = ALLOCATIONS.load(Relaxed);
    let value = body();
    (ALLOCATIONS.load(Relaxed) - before, value)
}

pub(crate) fn measure<T>(body: impl FnOnce() -> T) -> (Heap, T) {
    FREES.store(0, Relaxed);
    BYTES.store(0, Relaxed);
    HELD.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    MEASURING.store(true, Relaxed);
    let (allocations, value) = count(body);
    MEASURING.store(false, Relaxed);
    let peak = PEAK.load(Relaxed).max(0) as u64;
    (Heap { allocations, frees: FREES.load(Relaxed), bytes: BYTES.load(Relaxed), peak }, value)
}

fn hold(bytes: usize) {
    BYTES.fetch_add(bytes as u64, Relaxed);
    let held = HELD.fetch_add(bytes as i64, Relaxed) + bytes as i64;
    PEAK.fetch_max(held, Relaxed);
}

/// As [`count`], told outside as well where that is on.
pub(crate) fn tell_count<T>(body: impl FnOnce() -> T) -> (u64, Result<T>) {
    tally::count(|| ALLOCATIONS.load(Relaxed), body)
}

fn note_allocation(bytes: usize) {
    tally::allocation(|| {
        ALLOCATIONS.fetch_add(1, Relaxed);
    });
    if MEASURING.load(Relaxed) {
        hold(bytes);
    }
}

struct Counting;

// SAFETY: every call goes to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note_allocation(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note_allocation(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note_allocation(size.saturating_sub(layout.size()));
        if size < layout.size() && MEASURING.load(Relaxed) {
            HELD.fetch_sub((layout.size() - size) as i64, Relaxed);
        }
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if MEASURING.load(Relaxed) {
            FREES.fetch_add(1, Relaxed);
            HELD.fetch_sub(layout.size() as i64, Relaxed);
        }
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;
