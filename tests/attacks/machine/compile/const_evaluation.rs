//! A constant that is never known.
#![allow(long_running_const_eval)]

const NEVER: u64 = {
    let mut steps = 0_u64;
    loop {
        steps = steps.wrapping_add(1);
    }
};

fn main() {
    println!("{NEVER}");
}
