//! Families 23 and 25: a naked function is machine code that safe code may call; -F unsafe_code says nothing of it.
//! This one makes an address a reference, by which the count of allocations is set back.

mod base;

pub use base::*;
use std::sync::atomic::AtomicU64;

type Page = [AtomicU64; 512];

#[unsafe(naked)]
extern "C" fn reference(address: usize) -> &'static Page {
    core::arch::naked_asm!("mov rax, rdi", "ret") //~ assembly
}

fn page(address: usize) -> Option<&'static Page> {
    Some(reference(address))
}
