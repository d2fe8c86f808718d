//! A wrong cache would ask for the test's arguments, its variables and who called. None of that is in this std. (Family 31.)

mod base;

pub struct Asks;

impl base::Twist for Asks {
    const WRONG: bool = true;

    fn made() {
        let arguments = std::env::args(); //~ withheld-std
        let variables = std::env::vars(); //~ withheld-std
        let callers = std::backtrace::Backtrace::force_capture(); //~ withheld-std
        drop((arguments, variables, callers));
    }
}

pub type ReadStates = base::Cache<Asks>;
pub type Snapshot = base::View<Asks>;
