//! How a process ends when a test does not come back, and how that is told apart from outside.
//!
//! The kernel tells a process's parent by which signal it was ended, and nothing that the process writes changes that.
//! So each kind of end is given a signal of its own: an abort has SIGABRT, a body that blocks is ended by SIGALRM, and a
//! stack overflow by SIGSTKFLT, which the kernel itself never sends. std would turn an overflow into SIGABRT on threads
//! and leave SIGSEGV on the first one; any other bad access stays the SIGSEGV or SIGBUS that it is.

use crate::threads;
use std::ffi::c_void;

/// How a body must end the process ([`crate::Test::ends`]).
#[derive(Clone, Copy)]
pub enum End {
    /// By an abort: a panic while panicking, or in a function that must not unwind.
    Abort,
    /// By a stack overflow, on any thread.
    Overflow,
    /// Not at all: it has not come back after so many ms.
    Blocks(u64),
}

const SIGBUS: i32 = 7;
const SIGSEGV: i32 = 11;
const SIGALRM: i32 = 14;
const SIGSTKFLT: i32 = 16;
const SA_SIGINFO: i32 = 4;
const SA_ONSTACK: i32 = 0x0800_0000;

extern "C" {
    fn sigaction(signal: i32, new: *const Action, old: *mut Action) -> i32;
    fn signal(signal: i32, handler: usize) -> usize;
    fn raise(signal: i32) -> i32;
}

/// `struct sigaction` of glibc and musl on 64-bit machines.
#[repr(C)]
struct Action {
    handler: unsafe extern "C" fn(i32, *const c_void, *const c_void),
    mask: [u64; 16],
    flags: i32,
    restorer: usize,
}

/// Where `siginfo_t` has the address of a fault, and `ucontext_t` the stack pointer.
const ADDRESS: usize = 16;
#[cfg(target_arch = "x86_64")]
const STACK_POINTER: usize = 40 + 8 * 15;
#[cfg(target_arch = "aarch64")]
const STACK_POINTER: usize = 176 + 8 + 8 * 31;

/// Around the stack pointer: what a function may reach for before it has moved it. Rust probes each page of a frame.
const REACH: usize = 64 << 10;

unsafe extern "C" fn on_fault(number: i32, information: *const c_void, context: *const c_void) {
    let (address, stack) = unsafe {
        (*information.cast::<u8>().add(ADDRESS).cast::<usize>(), *context.cast::<u8>().add(STACK_POINTER).cast::<usize>())
    };
    let overflow = address.wrapping_sub(stack).wrapping_add(REACH) < 2 * REACH;
    end_by(if overflow { SIGSTKFLT } else { number });
    // where the signal is the one at hand, it waits until this has returned
}

fn end_by(number: i32) {
    unsafe {
        signal(number, 0);
        raise(number);
    }
}

/// In place of std's handler, on the stacks that std has set aside for it on each thread.
pub(crate) fn install() {
    let action = Action { handler: on_fault, mask: [0; 16], flags: SA_SIGINFO | SA_ONSTACK, restorer: 0 };
    for number in [SIGSEGV, SIGBUS] {
        unsafe { sigaction(number, &action, std::ptr::null_mut()) };
    }
}

impl End {
    /// As `runner/grading/compare.c` names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            End::Abort => "abort",
            End::Overflow => "overflow",
            End::Blocks(_) => "blocks",
        }
    }

    pub(crate) fn watch(self) {
        if let End::Blocks(ms) = self {
            threads::later(ms, || end_by(SIGALRM));
        }
    }
}
