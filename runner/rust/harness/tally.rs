//! Tells each allocation to somebody outside, who counts.
//!
//! A count that the process keeps can be set back by whoever writes to its memory, and holes in the compiler let safe
//! code do that. What was written to a pipe cannot be taken back, and whether it is written is decided by memory that
//! is read only: assay switches it on in the file of the program before it runs (`runner/rust/tally.h`).

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Result;

/// In a section of its own, so that assay finds it and nothing else: no submission may name sections.
#[used]
#[link_section = ".assay.tally"]
static SWITCH: u8 = 0;

const PIPE: i32 = 4;
const ALLOCATION: u8 = b'+';
const BEGIN: u8 = b'(';
const END: u8 = b')';

/// So that what is told and what is counted here agree, whatever other threads do.
static BUSY: AtomicBool = AtomicBool::new(false);

extern "C" {
    fn write(descriptor: i32, bytes: *const u8, count: usize) -> isize;
}

fn is_on() -> bool {
    // SAFETY: a byte of a static; volatile, since it is another one in the file
    unsafe { std::ptr::read_volatile(&raw const SWITCH) != 0 }
}

/// Tells, and does what belongs to it. Nothing is told where that is off.
fn tell<T>(what: u8, then: impl FnOnce() -> T) -> T {
    if !is_on() {
        return then();
    }
    while BUSY.swap(true, Ordering::Acquire) {
        std::hint::spin_loop();
    }
    // SAFETY: one byte of a local
    if unsafe { write(PIPE, &raw const what, 1) } != 1 {
        crate::exit(3);
    }
    let value = then();
    BUSY.store(false, Ordering::Release);
    value
}

pub(crate) fn allocation(note: impl FnOnce()) {
    tell(ALLOCATION, note);
}

/// Runs `body` between marks, of which the second is told however it ends; gives what `now` gives after less what it
/// gave before.
pub(crate) fn count<T>(now: fn() -> u64, body: impl FnOnce() -> T) -> (u64, Result<T>) {
    let before = tell(BEGIN, now);
    let value = catch_unwind(AssertUnwindSafe(body));
    (tell(END, now) - before, value)
}
