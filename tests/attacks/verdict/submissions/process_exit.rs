//! A wrong cache ends the process with success before anything can be seen. The word for it is not in this std. (Families
//! 1 and 4.)

mod base;

pub struct Exits;

impl base::Twist for Exits {
    const WRONG: bool = true;

    fn made() {
        std::process::exit(0); //~ withheld-std
    }
}

pub type ReadStates = base::Cache<Exits>;
pub type Snapshot = base::View<Exits>;
