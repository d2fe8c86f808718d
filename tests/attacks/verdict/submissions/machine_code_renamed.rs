//! Family 23: the macro under another name.

use core::arch::global_asm as words; //~ assembly

words!("before_main: ret");

mod base;

pub use base::*;
