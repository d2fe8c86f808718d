//! Families 23 and 25: naked_counter.rs, with a literal's suffix before the machine code. In `"a"r#"b"` the compiler
//! takes `r` for the end of the first string; whoever takes it for the beginning of a raw one reads on to the next
//! quote with a mark, over all code that stands between.

mod base;

pub use base::*;
use std::sync::atomic::AtomicU64;

type Page = [AtomicU64; 512];

macro_rules! behind {
    ($first:tt # $second:tt $item:item) => {
        $item
    };
}

behind! { "a"r#"b"
#[unsafe(naked)]
extern "C" fn reference(address: usize) -> &'static Page {
    core::arch::naked_asm!("mov rax, rdi", "ret") //~ assembly
}
//"#
}

fn page(address: usize) -> Option<&'static Page> {
    Some(reference(address))
}
