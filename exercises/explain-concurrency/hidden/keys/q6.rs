//! Counts of a tracer that lives as long as the program.

use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, OnceLock};

pub static SPANS: AtomicU64 = AtomicU64::new(0);
pub static OPEN: Cell<u64> = Cell::new(0); //~ E0277
pub static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
pub static LAST: RefCell<String> = RefCell::new(String::new()); //~ E0277
pub static HOST: OnceLock<String> = OnceLock::new();

thread_local! {
    pub static DEPTH: Cell<u64> = const { Cell::new(0) };
}
