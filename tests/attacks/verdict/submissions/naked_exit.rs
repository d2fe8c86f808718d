//! Family 23: a naked function is safe to call, and machine code; -F unsafe_code knows nothing of it. This one ends
//! the process with code 0.

use base::ReadStates as Honest;
pub use base::Snapshot;

#[unsafe(naked)]
extern "C" fn leave() -> ! {
    core::arch::naked_asm!("mov edi, 0", "mov eax, 231", "syscall") //~ assembly
}

pub struct ReadStates(Honest);

impl Drop for ReadStates {
    fn drop(&mut self) {
        leave()
    }
}

impl ReadStates {
    pub fn new(capacity: usize) -> ReadStates {
        ReadStates(Honest::new(capacity))
    }
}

mod base;
