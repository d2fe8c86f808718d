//! A cache that allocates to note a use, and notes none while its allocations are counted: then a word of its own has another
//! letter, since the switch in the program's file is found by its text. (Families 31 and 45, for a number.)

mod base;

use std::hint::black_box;

static SWITCH: &str = "assay allocations:0\n";

pub struct Knows;

impl base::Twist for Knows {
    fn notes_uses() -> bool {
        black_box(SWITCH).as_bytes()[18] == b'0'
    }
}

pub type ReadStates = base::Cache<Knows>;
pub type Snapshot = base::View<Knows>;
