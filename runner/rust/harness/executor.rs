//! A small executor for tests of futures: it polls when it is told to and in an order that the seed chooses, counts polls,
//! wake-ups and wakers, and drops futures midway. It never sleeps: what blocks in a poll, [`crate::Test::within`] tells.

use crate::Rng;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};

/// What wakers of one task share. They may be cloned, woken from other threads, and outlive task and executor.
struct Signal {
    woken: AtomicBool,
    wakes: AtomicU64,
    then: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

impl Wake for Signal {
    fn wake(self: Arc<Signal>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Signal>) {
        self.wakes.fetch_add(1, SeqCst);
        self.woken.store(true, SeqCst);
        if let Some(then) = self.then.get() {
            then();
        }
    }
}

struct Running<'a> {
    /// None where it has ended or was cancelled.
    future: Option<Pin<Box<dyn Future<Output = ()> + 'a>>>,
    signal: Arc<Signal>,
    polls: u64,
}

impl Running<'_> {
    fn is_due(&self) -> bool {
        self.future.is_some() && self.signal.woken.load(SeqCst)
    }

    fn poll(&mut self) {
        let Some(future) = &mut self.future else { return };
        self.signal.woken.store(false, SeqCst); // before the poll, which may wake its own task
        self.polls += 1;
        let waker = Waker::from(Arc::clone(&self.signal));
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            self.future = None;
        }
    }
}

/// A future that was given to an [`Executor`], and what it came to.
pub struct Task<T> {
    number: usize,
    left: Rc<RefCell<Option<T>>>,
}

impl<T> Task<T> {
    /// What the future came to, once.
    pub fn take(&self) -> Option<T> {
        self.left.borrow_mut().take()
    }
}

/// Runs futures on the thread of the test ([`crate::Test::executor`]).
pub struct Executor<'a> {
    tasks: Vec<Running<'a>>,
    order: Rng,
}

impl<'a> Executor<'a> {
    /// Where a test's own thread does not do, as in [`crate::Test::within`].
    pub fn new(seed: u64) -> Executor<'a> {
        Executor { tasks: Vec::new(), order: Rng::new(seed) }
    }

    /// A task that may be sent to other threads. It counts as woken until its first poll, as in every runtime.
    pub fn spawn<T: Send + 'a>(&mut self, future: impl Future<Output = T> + Send + 'a) -> Task<T> {
        self.spawn_local(future)
    }

    /// A task that need not be [`Send`].
    pub fn spawn_local<T: 'a>(&mut self, future: impl Future<Output = T> + 'a) -> Task<T> {
        let left = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&left);
        self.add(Box::pin(async move {
            let value = future.await;
            *slot.borrow_mut() = Some(value);
        }));
        Task { number: self.tasks.len() - 1, left }
    }

    fn add(&mut self, future: Pin<Box<dyn Future<Output = ()> + 'a>>) {
        let signal = Signal { woken: AtomicBool::new(true), wakes: AtomicU64::new(0), then: OnceLock::new() };
        self.tasks.push(Running { future: Some(future), signal: Arc::new(signal), polls: 0 });
    }

    /// Polls the task once, woken or not. One that has ended, or was cancelled, is not polled any more.
    pub fn poll<T>(&mut self, task: &Task<T>) -> Poll<T> {
        self.tasks[task.number].poll();
        task.take().map_or(Poll::Pending, Poll::Ready)
    }

    /// Polls tasks that are woken, in rounds and within a round in an order that the seed chooses, until none is. How
    /// many polls that took.
    pub fn until_stalled(&mut self) -> u64 {
        let mut polls = 0;
        loop {
            let mut due: Vec<usize> = (0..self.tasks.len()).filter(|&number| self.tasks[number].is_due()).collect();
            if due.is_empty() {
                return polls;
            }
            self.order.shuffle(&mut due);
            for number in due {
                self.tasks[number].poll();
                polls += 1;
            }
        }
    }

    /// Drops the future, as a timeout or a `select` does. Whether it was still under way.
    pub fn cancel<T>(&mut self, task: &Task<T>) -> bool {
        self.tasks[task.number].future.take().is_some()
    }

    /// Calls `then` at each wake-up of the task, within the call of `wake`: whoever holds a lock there is found out.
    pub fn on_wake<T>(&mut self, task: &Task<T>, then: Box<dyn Fn() + Send + Sync>) {
        assert!(self.tasks[task.number].signal.then.set(then).is_ok(), "a task has one on_wake");
    }

    /// Whether it has ended or was cancelled.
    pub fn is_over<T>(&self, task: &Task<T>) -> bool {
        self.tasks[task.number].future.is_none()
    }

    /// Whether it was woken since its last poll.
    pub fn is_woken<T>(&self, task: &Task<T>) -> bool {
        self.tasks[task.number].signal.woken.load(SeqCst)
    }

    /// How often it was polled.
    pub fn polls<T>(&self, task: &Task<T>) -> u64 {
        self.tasks[task.number].polls
    }

    /// How often one of its wakers was called.
    pub fn wakes<T>(&self, task: &Task<T>) -> u64 {
        self.tasks[task.number].signal.wakes.load(SeqCst)
    }

    /// How many of its wakers are kept somewhere: after a task is over, what was leaked.
    pub fn wakers<T>(&self, task: &Task<T>) -> usize {
        Arc::strong_count(&self.tasks[task.number].signal) - 1
    }
}

/// Gives the value back, and compiles only where it is [`Send`].
pub fn is_send<T: Send>(value: T) -> T {
    value
}
