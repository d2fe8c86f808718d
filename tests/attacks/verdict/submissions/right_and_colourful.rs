//! Control: a right cache that prints in colour and in other people's markup, speaks of programs and of /proc, goes down a
//! few thousand calls, and remembers nothing from one grading to the next. (Families 7, 11, 12, 24 and 34.)

mod base;

use std::hint::black_box;

/// Where a program finds itself, as this one's manual says.
const PLACES: [&str; 3] = ["/proc/self/exe", "/proc/self/mem", "current_exe"];

pub struct Colourful;

fn deep(calls: u32) -> u32 {
    if calls == 0 {
        0
    } else {
        1 + black_box(deep(calls - 1))
    }
}

impl base::Twist for Colourful {
    fn made() {
        println!(
            "\x1b[32mmade\x1b[0m <b>a cache</b> ::notice::with room =1+1 {}",
            PLACES.join(" ")
        );
        println!("{} calls", deep(4_000));
    }
}

pub type ReadStates = base::Cache<Colourful>;
pub type Snapshot = base::View<Colourful>;
