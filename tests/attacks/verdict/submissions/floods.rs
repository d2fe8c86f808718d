//! A wrong cache prints without end where it would be found out. What a test may print is bounded. (Families 1 and 9.)

mod base;

pub struct Floods;

impl base::Twist for Floods {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        while answer == Some(0) {
            println!("test marks_are_read_back ... ok");
        }
        answer
    }
}

pub type ReadStates = base::Cache<Floods>;
pub type Snapshot = base::View<Floods>;
