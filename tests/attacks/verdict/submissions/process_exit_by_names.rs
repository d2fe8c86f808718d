//! A wrong cache looks for the real std behind the one that it is given: by its own name for it, by the facade's, from the
//! prelude. (Families 1 and 4.)

mod base;

extern crate std as inner;

pub struct Exits;

impl base::Twist for Exits {
    const WRONG: bool = true;

    fn made() {
        inner::process::exit(0); //~ withheld-std
        inner::real::process::exit(0);
        ::std::process::abort(); //~ withheld-std
    }
}

pub type ReadStates = base::Cache<Exits>;
pub type Snapshot = base::View<Exits>;
