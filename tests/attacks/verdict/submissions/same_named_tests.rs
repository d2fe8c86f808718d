//! A wrong cache brings tests with the names of the hidden ones, a `main` and a module `hidden`, all of which pass. (Family
//! 19.)

mod base;

pub fn main() {
    println!("test result: ok");
}

pub mod hidden {
    pub fn marks_are_read_back<T>(_: &mut T) {}
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_read_back() {}

    #[test]
    fn a_snapshot_holds_still() {}
}

pub struct Tests;

impl base::Twist for Tests {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Tests>;
pub type Snapshot = base::View<Tests>;
