//! A wrong cache would write its own records on the descriptor on which the harness writes. Nothing in this std turns a number into a
//! file. (Family 9.)

mod base;

use std::os::fd::FromRawFd; //~ withheld-std

pub struct Writes;

impl base::Twist for Writes {
    const WRONG: bool = true;

    fn made() {
        let mut pipe = unsafe { std::fs::File::from_raw_fd(3) }; //~ withheld-std
        let _ = std::io::Write::write_all(&mut pipe, &[0; 27]); //~ withheld-std
    }
}

pub type ReadStates = base::Cache<Writes>;
pub type Snapshot = base::View<Writes>;
