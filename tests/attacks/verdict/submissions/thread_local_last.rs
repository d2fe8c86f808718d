//! A wrong cache says its last word in destructors of thread-locals. Those of the main thread do not run at all: a
//! harness that ended its process is gone. (Family 6.)

mod base;

use std::cell::RefCell;

struct Word(String);

impl Drop for Word {
    fn drop(&mut self) {
        println!("{}", self.0);
        loop {
            std::thread::park();
        }
    }
}

thread_local! {
    static LAST: RefCell<Word> = const { RefCell::new(Word(String::new())) };
}

pub struct Lingers;

impl base::Twist for Lingers {
    const WRONG: bool = true;

    fn made() {
        LAST.with(|last| last.borrow_mut().0.push_str("test result: ok"));
    }
}

pub type ReadStates = base::Cache<Lingers>;
pub type Snapshot = base::View<Lingers>;
