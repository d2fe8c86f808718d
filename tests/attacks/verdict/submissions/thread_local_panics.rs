//! A wrong cache panics in a destructor of a thread-local of another thread, which std answers by ending the process.
//! (Family 6.)

mod base;

use std::thread;

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("at the very end");
    }
}

thread_local! {
    static LAST: Bomb = const { Bomb };
}

pub struct Lingers;

impl base::Twist for Lingers {
    const WRONG: bool = true;

    fn made() {
        let short = thread::spawn(|| LAST.with(|_| ()));
        let _ = short.join();
    }
}

pub type ReadStates = base::Cache<Lingers>;
pub type Snapshot = base::View<Lingers>;
