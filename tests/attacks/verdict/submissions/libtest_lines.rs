//! A wrong cache prints what a test runner prints when all is well, and a record as the harness writes it. Nobody reads
//! what a test prints. (Families 1 and 9.)

mod base;

pub struct Prints;

impl base::Twist for Prints {
    const WRONG: bool = true;

    fn made() {
        println!("\nrunning 1 test\ntest marks_are_read_back ... ok\n");
        println!("test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
        print!("\u{17}\0\0\0assay/1\n{}\0\0\0\0\u{7}\0\0", "\0".repeat(16));
    }
}

pub type ReadStates = base::Cache<Prints>;
pub type Snapshot = base::View<Prints>;
