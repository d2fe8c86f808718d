//! Family 23: the macro named by a raw identifier that a macro hands on.

macro_rules! call {
    ($name:ident) => {
        core::arch::$name!("before_main: ret");
    };
}

call!(r#global_asm); //~ assembly

mod base;

pub use base::*;
