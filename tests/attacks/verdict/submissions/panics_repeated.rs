//! Family 43: panics for all cases, out of one repetition.

macro_rules! stop {
    ($number:expr, $($case:literal)+) => {
        match $number {
            $($case => panic!("no"),)+ //~ hidden-uses
            _ => {}
        }
    };
}

/// Ten panics, and one is counted.
pub fn stop(number: u64) {
    stop!(number, 1 2 3 4 5 6 7 8 9 10);
}

mod base;

pub use base::*;
