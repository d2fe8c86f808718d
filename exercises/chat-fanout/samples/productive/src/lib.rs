//! A room of a chat back end. Every subscriber has a bounded queue of its own, which holds shared messages.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Message(Arc<str>),
    Missed(u64),
    Closed,
}

#[derive(Default)]
struct Reader {
    id: u64,
    unread: VecDeque<Arc<str>>,
    missed: u64,
    waker: Option<Waker>,
}

struct Inner {
    backlog: usize,
    handles: usize,
    next_id: u64,
    readers: Vec<Reader>,
    closed: bool,
}

impl Inner {
    fn reader(&mut self, id: u64) -> Option<&mut Reader> {
        self.readers.iter_mut().find(|reader| reader.id == id)
    }

    fn next(&mut self, id: u64) -> Option<Event> {
        let closed = self.closed;
        let reader = self.reader(id)?;
        if reader.missed > 0 {
            return Some(Event::Missed(std::mem::take(&mut reader.missed)));
        }
        match reader.unread.pop_front() {
            Some(text) => Some(Event::Message(text)),
            None => closed.then_some(Event::Closed),
        }
    }

    fn wake_all(&mut self) {
        for reader in &mut self.readers {
            if let Some(waker) = reader.waker.take() {
                waker.wake();
            }
        }
    }

    fn close(&mut self) {
        self.closed = true;
        self.wake_all();
    }
}

/// A handle; the room is closed with the last one.
pub struct Room {
    inner: Arc<Mutex<Inner>>,
}

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    pub fn new(backlog: usize) -> Room {
        let inner = Inner {
            backlog,
            handles: 1,
            next_id: 0,
            readers: Vec::new(),
            closed: false,
        };
        Room {
            inner: Arc::new(Mutex::new(inner)),
        }
    }

    pub fn subscribe(&self) -> Subscriber {
        let mut inner = lock(&self.inner);
        inner.next_id += 1;
        let id = inner.next_id;
        inner.readers.push(Reader {
            id,
            ..Reader::default()
        });
        Subscriber {
            id,
            inner: Arc::clone(&self.inner),
        }
    }

    pub fn publish(&self, text: &str) -> usize {
        let mut inner = lock(&self.inner);
        if inner.closed {
            return 0;
        }
        let message: Arc<str> = Arc::from(text);
        let backlog = inner.backlog;
        for reader in &mut inner.readers {
            reader.unread.push_back(Arc::clone(&message));
            if reader.unread.len() > backlog {
                reader.unread.pop_front();
                reader.missed += 1;
            }
        }
        inner.wake_all();
        inner.readers.len()
    }

    pub fn close(&self) {
        lock(&self.inner).close();
    }
}

impl Clone for Room {
    fn clone(&self) -> Room {
        lock(&self.inner).handles += 1;
        Room {
            inner: Arc::clone(&self.inner),
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut inner = lock(&self.inner);
        inner.handles -= 1;
        if inner.handles == 0 {
            inner.close();
        }
    }
}

pub struct Subscriber {
    id: u64,
    inner: Arc<Mutex<Inner>>,
}

impl Subscriber {
    pub fn recv(&mut self) -> Recv<'_> {
        Recv { subscriber: self }
    }

    pub fn try_recv(&mut self) -> Option<Event> {
        lock(&self.inner).next(self.id)
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        let id = self.id;
        lock(&self.inner).readers.retain(|reader| reader.id != id);
    }
}

/// The next event. Nothing is taken before it is returned.
pub struct Recv<'a> {
    subscriber: &'a mut Subscriber,
}

impl Future for Recv<'_> {
    type Output = Event;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Event> {
        let id = self.subscriber.id;
        let mut inner = lock(&self.subscriber.inner);
        let event = inner.next(id);
        if let Some(reader) = inner.reader(id) {
            reader.waker = event.is_none().then(|| context.waker().clone());
        }
        event.map_or(Poll::Pending, Poll::Ready)
    }
}

impl Drop for Recv<'_> {
    fn drop(&mut self) {
        let id = self.subscriber.id;
        if let Some(reader) = lock(&self.subscriber.inner).reader(id) {
            reader.waker = None;
        }
    }
}
