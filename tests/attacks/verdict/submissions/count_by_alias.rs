//! The same as count_by_bound.rs, with a pointer in whose type no lifetime is written. (Family 25, used for a count.)

mod base;

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static HERE: AtomicU64 = AtomicU64::new(0);
static COUNTER: AtomicU64 = AtomicU64::new(0);
static BEFORE: AtomicU64 = AtomicU64::new(0);

/// That the second outlives the first is said here and nowhere else.
struct Outlives<'a, 'b: 'a>(&'a (), &'b ());

struct Short<'a, T>(&'a mut T);

type Long<T> = &'static mut T;

type Bound = Outlives<'static, 'static>;

fn longer<'a, 'b, T>(bound: Outlives<'a, 'b>, value: Short<'b, T>) -> &'a mut T {
    black_box((bound.0, bound.1));
    value.0
}

fn for_ever<T>(value: &mut T) -> Long<T> {
    let stretch: fn(Bound, Short<T>) -> Long<T> = longer;
    stretch(Outlives(&(), &()), Short(value))
}

enum Either {
    Number(u64),
    Word(&'static AtomicU64),
}

fn word_at(address: u64) -> &'static AtomicU64 {
    let mut either = Either::Word(&HERE);
    let Either::Word(word) = &mut either else {
        return &HERE;
    };
    let word = for_ever(word);
    either = Either::Number(address);
    if let Either::Number(number) = black_box(&mut either) {
        black_box(number);
    }
    word
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
