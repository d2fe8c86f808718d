//! A wrong cache brings an allocator of its own, by which nothing would be counted. (Family 20.)

mod base;

extern crate alloc;

use core::alloc::{GlobalAlloc, Layout};

struct Silent;

unsafe impl GlobalAlloc for Silent {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        alloc::alloc::alloc(layout)
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        alloc::alloc::dealloc(pointer, layout);
    }
}

#[global_allocator] //~ own-allocator
static ALLOCATOR: Silent = Silent;

pub struct Allocates;

impl base::Twist for Allocates {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Allocates>;
pub type Snapshot = base::View<Allocates>;
