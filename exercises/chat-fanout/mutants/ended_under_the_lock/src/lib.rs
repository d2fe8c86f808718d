//! A room of a chat back end: publishers never wait, and whoever reads too slowly is told how much they missed.
//!
//! All subscribers read one log of the last messages, each at a place of their own. So a publish costs the same for
//! one reader and for thousands, but for the wake-ups, and what a slow reader holds up is never more than the log.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// What a subscriber is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Message(Arc<str>),
    /// So many messages were dropped before they were read.
    Missed(u64),
    Closed,
}

struct State {
    backlog: usize,
    log: VecDeque<Arc<str>>,
    /// The number of the next message: the log holds those right before it.
    next: u64,
    closed: bool,
    publishers: usize,
    subscribers: usize,
    last_id: u64,
    waiting: BTreeMap<u64, Waker>,
}

impl State {
    fn oldest(&self) -> u64 {
        self.next - self.log.len() as u64
    }

    /// What a subscriber at `at` is told now, if anything; moves them on.
    fn event(&self, at: &mut u64) -> Option<Event> {
        let missed = self.oldest().saturating_sub(*at);
        if missed > 0 {
            *at += missed;
            return Some(Event::Missed(missed));
        }
        match self.log.get((*at - self.oldest()) as usize) {
            Some(text) => {
                *at += 1;
                Some(Event::Message(Arc::clone(text)))
            }
            None => self.closed.then_some(Event::Closed),
        }
    }

    fn close(&mut self) -> BTreeMap<u64, Waker> {
        self.closed = true;
        mem::take(&mut self.waiting)
    }
}

/// Nothing here panics while it holds the lock, so a poisoned one is as good as any.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Called without the lock: a waker may run anything.
fn wake(waiting: BTreeMap<u64, Waker>) {
    waiting.into_values().for_each(Waker::wake);
}

/// A handle for publishers. The room is closed with its last one.
pub struct Room {
    state: Arc<Mutex<State>>,
}

impl Room {
    pub fn new(backlog: usize) -> Room {
        let state = State {
            backlog,
            log: VecDeque::new(),
            next: 0,
            closed: false,
            publishers: 1,
            subscribers: 0,
            last_id: 0,
            waiting: BTreeMap::new(),
        };
        Room {
            state: Arc::new(Mutex::new(state)),
        }
    }

    pub fn subscribe(&self) -> Subscriber {
        let mut state = lock(&self.state);
        state.subscribers += 1;
        state.last_id += 1;
        Subscriber {
            id: state.last_id,
            at: state.next,
            state: Arc::clone(&self.state),
        }
    }

    pub fn publish(&self, text: &str) -> usize {
        let mut state = lock(&self.state);
        if state.closed {
            return 0;
        }
        state.next += 1;
        if state.log.len() >= state.backlog {
            state.log.pop_front();
        }
        if state.backlog > 0 {
            state.log.push_back(Arc::from(text));
        }
        let told = state.subscribers;
        let waiting = mem::take(&mut state.waiting);
        drop(state);
        wake(waiting);
        told
    }

    pub fn close(&self) {
        let mut state = lock(&self.state);
        wake(state.close());
    }
}

impl Clone for Room {
    fn clone(&self) -> Room {
        lock(&self.state).publishers += 1;
        Room {
            state: Arc::clone(&self.state),
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        state.publishers -= 1;
        if state.publishers == 0 {
            wake(state.close());
        }
    }
}

/// One reader of the room, at a place of its own.
pub struct Subscriber {
    id: u64,
    at: u64,
    state: Arc<Mutex<State>>,
}

impl Subscriber {
    pub fn recv(&mut self) -> Recv<'_> {
        Recv { subscriber: self }
    }

    pub fn try_recv(&mut self) -> Option<Event> {
        lock(&self.state).event(&mut self.at)
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        lock(&self.state).subscribers -= 1;
    }
}

/// The next event. It takes nothing before it is ready, so that dropping it loses nothing.
#[must_use = "futures do nothing unless polled"]
pub struct Recv<'a> {
    subscriber: &'a mut Subscriber,
}

impl Future for Recv<'_> {
    type Output = Event;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Event> {
        let Subscriber { id, at, state } = &mut *self.subscriber;
        // a waker is a stranger's code: cloned before the lock is taken, dropped after it is given back
        let waker = context.waker().clone();
        let mut state = lock(state);
        let (polled, old) = match state.event(at) {
            Some(event) => (Poll::Ready(event), state.waiting.remove(id)),
            None => (Poll::Pending, state.waiting.insert(*id, waker)),
        };
        drop(state);
        drop(old);
        polled
    }
}

impl Drop for Recv<'_> {
    fn drop(&mut self) {
        let waker = lock(&self.subscriber.state)
            .waiting
            .remove(&self.subscriber.id);
        drop(waker);
    }
}
