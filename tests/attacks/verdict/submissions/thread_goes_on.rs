//! A wrong cache starts a thread that goes on printing when the test is over. It ends with its process. (Family 8.)

mod base;

use std::thread;
use std::time::Duration;

pub struct Stays;

impl base::Twist for Stays {
    const WRONG: bool = true;

    fn made() {
        thread::spawn(|| loop {
            println!("test marks_are_read_back ... ok");
            thread::sleep(Duration::from_millis(20));
        });
    }
}

pub type ReadStates = base::Cache<Stays>;
pub type Snapshot = base::View<Stays>;
