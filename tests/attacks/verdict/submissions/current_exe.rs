//! A wrong cache would write a better program over the test. Neither its path nor files are in this std. (Family 7.)

mod base;

pub struct Replaces;

impl base::Twist for Replaces {
    const WRONG: bool = true;

    fn made() {
        let test = std::env::current_exe(); //~ withheld-std
        let _ = std::fs::write(test.unwrap(), "#!/bin/true"); //~ withheld-std
    }
}

pub type ReadStates = base::Cache<Replaces>;
pub type Snapshot = base::View<Replaces>;
