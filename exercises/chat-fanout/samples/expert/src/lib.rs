//! A room of a chat back end.
//!
//! The messages are kept once, in a ring; a subscriber is a number, its place in the stream of all messages. So a reader
//! in a tunnel costs a number, and what it has missed is a subtraction. The lock is held for a few assignments at a time
//! and never while a stranger's code runs, which wakers are: they are moved out, and woken or dropped afterwards.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{ready, Context, Poll, Waker};

/// What there is to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The next message.
    Message(Arc<str>),
    /// So many messages were not kept long enough.
    Missed(u64),
    /// Nothing will follow.
    Closed,
}

/// One for each subscriber; it keeps its seat, so that waking walks an array.
enum Seat {
    Free,
    Reading,
    Waiting(Waker),
}

struct Hall {
    kept: VecDeque<Arc<str>>,
    backlog: usize,
    /// Messages published so far.
    total: u64,
    seats: Vec<Seat>,
    readers: usize,
    is_open: bool,
}

struct Shared(Mutex<Hall>);

impl Shared {
    /// What the lock protects is never left half done, so whoever panicked with it did no harm.
    fn hall(&self) -> MutexGuard<'_, Hall> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        let waiting = {
            let mut hall = self.hall();
            hall.is_open = false;
            hall.take_waiting()
        };
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl Hall {
    fn take_waiting(&mut self) -> Vec<Waker> {
        let waiting = self.seats.iter_mut().filter_map(|seat| match seat {
            Seat::Waiting(_) => match std::mem::replace(seat, Seat::Reading) {
                Seat::Waiting(waker) => Some(waker),
                _ => None,
            },
            _ => None,
        });
        waiting.collect()
    }

    fn read(&self, place: &mut u64) -> Poll<Event> {
        let first = self.total - self.kept.len() as u64;
        if let Some(missed) = first.checked_sub(*place).filter(|&missed| missed > 0) {
            *place = first;
            return Poll::Ready(Event::Missed(missed));
        }
        match usize::try_from(*place - first)
            .ok()
            .and_then(|at| self.kept.get(at))
        {
            Some(text) => {
                *place += 1;
                Poll::Ready(Event::Message(Arc::clone(text)))
            }
            None if self.is_open => Poll::Pending,
            None => Poll::Ready(Event::Closed),
        }
    }
}

/// Ends the room when the last handle goes.
struct Handle(Arc<Shared>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A handle for those who publish.
#[derive(Clone)]
pub struct Room(Arc<Handle>);

impl Room {
    /// A room that keeps the last `backlog` messages.
    #[must_use]
    pub fn new(backlog: usize) -> Self {
        let hall = Hall {
            kept: VecDeque::new(),
            backlog,
            total: 0,
            seats: Vec::new(),
            readers: 0,
            is_open: true,
        };
        Self(Arc::new(Handle(Arc::new(Shared(Mutex::new(hall))))))
    }

    /// A reader of what is published from now on.
    #[must_use]
    pub fn subscribe(&self) -> Subscriber {
        let mut hall = self.0 .0.hall();
        hall.readers += 1;
        let free = hall
            .seats
            .iter()
            .position(|seat| matches!(seat, Seat::Free));
        let seat = free.unwrap_or(hall.seats.len());
        if free.is_none() {
            hall.seats.push(Seat::Reading);
        } else {
            hall.seats[seat] = Seat::Reading;
        }
        Subscriber {
            shared: Arc::clone(&self.0 .0),
            seat,
            place: hall.total,
        }
    }

    /// Tells everyone, waits for nobody. Returns how many readers there are.
    pub fn publish(&self, text: &str) -> usize {
        let mut hall = self.0 .0.hall();
        if !hall.is_open {
            return 0;
        }
        hall.total += 1;
        if hall.kept.len() == hall.backlog {
            hall.kept.pop_front();
        }
        if hall.backlog > 0 {
            hall.kept.push_back(Arc::from(text));
        }
        let readers = hall.readers;
        let waiting = hall.take_waiting();
        drop(hall);
        waiting.into_iter().for_each(Waker::wake);
        readers
    }

    /// Ends the room; what was published can still be read.
    pub fn close(&self) {
        self.0 .0.close();
    }
}

/// A reader.
pub struct Subscriber {
    shared: Arc<Shared>,
    seat: usize,
    place: u64,
}

impl Subscriber {
    /// The next event, when there is one. Dropping the future loses nothing.
    pub fn recv(&mut self) -> Recv<'_> {
        Recv(self)
    }

    /// The next event, if there is one now.
    pub fn try_recv(&mut self) -> Option<Event> {
        match self.shared.hall().read(&mut self.place) {
            Poll::Ready(event) => Some(event),
            Poll::Pending => None,
        }
    }

    /// Sits down in another way; gives back what was there, for whom to drop it without the lock.
    fn seat(&self, seat: Seat) -> Seat {
        std::mem::replace(&mut self.shared.hall().seats[self.seat], seat)
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        let left = {
            let mut hall = self.shared.hall();
            hall.readers -= 1;
            std::mem::replace(&mut hall.seats[self.seat], Seat::Free)
        };
        drop(left);
    }
}

/// See [`Subscriber::recv`].
#[must_use = "a future that is not polled reads nothing"]
pub struct Recv<'s>(&'s mut Subscriber);

impl Future for Recv<'_> {
    type Output = Event;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Event> {
        let waker = context.waker().clone();
        let Subscriber {
            shared,
            seat,
            place,
        } = &mut *self.0;
        let mut hall = shared.hall();
        let read = hall.read(place);
        let sits = if read.is_pending() {
            Seat::Waiting(waker)
        } else {
            Seat::Reading
        };
        let left = std::mem::replace(&mut hall.seats[*seat], sits);
        drop(hall);
        drop(left);
        Poll::Ready(ready!(read))
    }
}

impl Drop for Recv<'_> {
    fn drop(&mut self) {
        drop(self.0.seat(Seat::Reading));
    }
}
