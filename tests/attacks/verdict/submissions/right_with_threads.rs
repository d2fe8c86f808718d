//! Control: a right cache that counts in thread-locals with destructors, in statics and on a thread of its own, measures time and
//! remembers who asked last. (Families 5, 6, 10 and 31.)

mod base;

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

static MADE: AtomicU64 = AtomicU64::new(0);
static LONGEST: Mutex<Duration> = Mutex::new(Duration::ZERO);

struct Local(Cell<u64>);

impl Drop for Local {
    fn drop(&mut self) {
        MADE.fetch_add(self.0.get(), Relaxed);
    }
}

thread_local! {
    static LOCAL: Local = const { Local(Cell::new(0)) };
    static LAST: RefCell<u32> = const { RefCell::new(0) };
}

pub struct Watches;

impl base::Twist for Watches {
    fn made() {
        let counting = thread::Builder::new().name("counting".into()).spawn(|| {
            MADE.fetch_add(1, Relaxed);
            LOCAL.with(|local| local.0.set(1));
        });
        if let Ok(counting) = counting {
            let _ = counting.join();
        }
    }

    #[track_caller]
    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        let began = Instant::now();
        let caller = Location::caller();
        LAST.with(|last| *last.borrow_mut() = caller.line());
        if let Ok(mut longest) = LONGEST.lock() {
            *longest = (*longest).max(began.elapsed());
        }
        answer
    }
}

pub type ReadStates = base::Cache<Watches>;
pub type Snapshot = base::View<Watches>;
