//! Control: a right cache that tells what it does on both streams, with words that a test runner has too. (Families 1, 8 and
//! 9.)

mod base;

pub struct Prints;

impl base::Twist for Prints {
    fn made() {
        println!("test result: ok so far");
        eprintln!("a cache was made: running 1 test");
    }

    fn ended() {
        println!("a cache ended");
    }
}

pub type ReadStates = base::Cache<Prints>;
pub type Snapshot = base::View<Prints>;
