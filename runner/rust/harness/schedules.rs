//! Many schedules by seed: threads that begin together, and points where the seed decides who goes first.

use crate::rng::Rng;
use std::cmp::Ordering as Order;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

/// A wait for another thread ends after this, so that a lock which keeps the others out is never waited for in vain for
/// long.
const WAIT: Duration = Duration::from_micros(300);
/// So many waits may end in vain in one schedule: it costs a few milliseconds at most.
const VAIN_MOST: usize = 12;
const SPINS_MOST: u64 = 2000;

#[derive(Default)]
struct Course {
    seed: u64,
    /// How many points were reached, by all threads.
    reached: AtomicU64,
    running: AtomicUsize,
    vain: AtomicUsize,
}

impl Course {
    /// Until the others have reached so many points. They may not be able to, by no fault of theirs.
    fn wait(&self, from: u64, points: u64) {
        let until = Instant::now() + WAIT;
        while self.reached.load(Ordering::SeqCst) < from + points {
            if self.running.load(Ordering::SeqCst) < 2 {
                return;
            }
            if Instant::now() >= until {
                self.vain.fetch_add(1, Ordering::SeqCst);
                return;
            }
            thread::yield_now();
        }
    }

    fn point(&self) {
        let here = self.reached.fetch_add(1, Ordering::SeqCst) + 1;
        if self.running.load(Ordering::SeqCst) < 2 {
            return;
        }
        let mut choices = Rng::new(self.seed ^ here.rotate_left(32));
        match choices.below(8) {
            0 | 1 => {}
            2 => thread::yield_now(),
            3 => (0..choices.below(SPINS_MOST)).for_each(|_| std::hint::spin_loop()),
            _ if self.vain.load(Ordering::SeqCst) < VAIN_MOST => self.wait(here, 1 + choices.below(4)),
            _ => thread::yield_now(),
        }
    }
}

/// One schedule of many ([`crate::Test::schedules`]).
#[derive(Clone)]
pub struct Schedule {
    course: Arc<Course>,
}

impl Schedule {
    pub(crate) fn new(seed: u64) -> Schedule {
        Schedule { course: Arc::new(Course { seed, ..Course::default() }) }
    }

    /// Runs `body` on so many threads at once, each with its number. They begin together. Tells of each whether it
    /// panicked.
    pub fn run(&self, threads: usize, body: &(dyn Fn(usize) + Sync)) -> Vec<bool> {
        let begin = Barrier::new(threads);
        let run = |number: usize| {
            begin.wait();
            let _running = Running(&self.course.running);
            self.point();
            body(number);
        };
        self.course.running.fetch_add(threads, Ordering::SeqCst);
        thread::scope(|scope| {
            let run = &run;
            let running: Vec<_> = (0..threads).map(|number| scope.spawn(move || run(number))).collect();
            running.into_iter().map(|thread| thread.join().map_err(std::mem::forget).is_err()).collect()
        })
    }

    /// Here the seed decides whether this thread goes on, yields, spins, or waits a while for others to reach a point.
    pub fn point(&self) {
        self.course.point();
    }

    /// A value whose `Clone`, `Hash`, `Eq`, `Ord` and `Drop` are points.
    pub fn value(&self, number: u64) -> Value {
        Value { number, schedule: self.clone() }
    }
}

/// A thread of a schedule is no longer waited for when it has ended, by a panic too.
struct Running<'a>(&'a AtomicUsize);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Compares, sorts and hashes by its number, and interrupts whoever makes it do so ([`Schedule::value`]).
pub struct Value {
    number: u64,
    schedule: Schedule,
}

impl Value {
    /// Its number, without a point.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        self.schedule.point();
    }
}

impl Clone for Value {
    fn clone(&self) -> Value {
        self.schedule.point();
        self.schedule.value(self.number)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.schedule.point();
        self.number == other.number
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Value) -> Option<Order> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Value) -> Order {
        self.schedule.point();
        self.number.cmp(&other.number)
    }
}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.schedule.point();
        self.number.hash(state);
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Value({})", self.number)
    }
}
