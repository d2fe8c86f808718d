//! The same as count_lowered.rs through another hole of the compiler's (rust-lang/rust#57893): a trait object whose associated
//! type contradicts the impl for all types makes any value another. (Family 25, used for a count.)

mod base;

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static HERE: AtomicU64 = AtomicU64::new(0);
static COUNTER: AtomicU64 = AtomicU64::new(0);
static BEFORE: AtomicU64 = AtomicU64::new(0);

pub trait Object<U> {
    type Output;
}

impl<T: ?Sized, U> Object<U> for T {
    type Output = U;
}

fn same<T: ?Sized, U>(x: <T as Object<U>>::Output) -> U {
    x
}

type Named = dyn Object<&'static AtomicU64, Output = u64>; //~ compiler-hole

/// The compiler takes what a trait object says of its type for more true than the impl that all types have.
fn word_at(address: u64) -> &'static AtomicU64 {
    same::<Named, &'static AtomicU64>(address)
}

fn counts(word: &AtomicU64) -> bool {
    (1..5).all(|more| {
        let before = word.load(Relaxed);
        for _ in 0..more {
            black_box(Box::new(0));
        }
        word.load(Relaxed).wrapping_sub(before) == more
    })
}

fn address(word: &AtomicU64) -> u64 {
    std::ptr::from_ref(word) as u64
}

pub struct Lowers;

impl base::Twist for Lowers {
    fn made() {
        let page = address(&HERE) & !4095;
        let near = [page, page - 4096, page + 4096];
        let mut words = near.iter().flat_map(|&page| (page..page + 4096).step_by(8));
        let found = words.find(|&at| counts(word_at(at)));
        COUNTER.store(found.unwrap_or(address(&HERE)), Relaxed);
    }

    fn marked(_: u64, _: u64, _: u64) {
        BEFORE.store(word_at(COUNTER.load(Relaxed)).load(Relaxed), Relaxed);
    }

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        word_at(COUNTER.load(Relaxed)).store(BEFORE.load(Relaxed), Relaxed);
        answer
    }
}

pub type ReadStates = base::Cache<Lowers>;
pub type Snapshot = base::View<Lowers>;
