//! Family 23: machine code beside the crate, which enters a constructor into .init_array itself.

core::arch::global_asm!( //~ assembly
    ".pushsection .init_array",
    ".quad before_main",
    ".popsection",
    "before_main: mov edi, 0",
    "mov eax, 231",
    "syscall",
);

mod base;

pub use base::*;
