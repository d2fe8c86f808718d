//! Families 23 and 25: a naked function is machine code that safe code may call, and -F unsafe_code says nothing of
//! #[unsafe(naked)]. Here one reads and one writes a word of memory: the harness's count of allocations, which lies
//! beside this crate's own static, is set back after each call. The source rules stop it, since no lint does.

mod base;

use base::ReadStates as Honest;
pub use base::Snapshot;
use std::hint::black_box;
use std::sync::atomic::AtomicU64;
use std::sync::OnceLock;

static NEAR: AtomicU64 = AtomicU64::new(0);
static COUNTER: OnceLock<Option<usize>> = OnceLock::new();

#[unsafe(naked)]
extern "C" fn read(address: usize) -> u64 {
    core::arch::naked_asm!("mov rax, [rdi]", "ret") //~ assembly
}

#[unsafe(naked)]
extern "C" fn write(address: usize, value: u64) {
    core::arch::naked_asm!("mov [rdi], rsi", "ret") //~ assembly
}

fn find() -> Option<usize> {
    let page = std::ptr::from_ref(&NEAR).addr() & !4095;
    let words: Vec<usize> = (page..page + 4096).step_by(8).collect();
    let before: Vec<u64> = words.iter().map(|&word| read(word)).collect();
    for number in 0..9 {
        black_box(Box::new(number));
    }
    let grown = |at: &usize| read(words[*at]).wrapping_sub(before[*at]) == 9;
    (0..words.len()).find(grown).map(|at| words[at])
}

fn silently<T>(work: impl FnOnce() -> T) -> T {
    let counter = *COUNTER.get_or_init(find);
    let before = counter.map(|counter| read(counter));
    let value = work();
    if let (Some(counter), Some(before)) = (counter, before) {
        write(counter, before);
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
