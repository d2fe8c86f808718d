//! A room of a chat back end. Every subscriber has a queue of its own.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Message(Arc<str>),
    Missed(u64),
    Closed,
}

struct Queue {
    messages: VecDeque<Arc<str>>,
    missed: u64,
    waker: Option<Waker>,
    closed: bool,
}

struct Inner {
    queues: Vec<Rc<RefCell<Queue>>>,
    closed: bool,
}

#[derive(Clone)]
pub struct Room {
    backlog: usize,
    inner: Rc<RefCell<Inner>>,
    handles: Rc<()>,
}

impl Room {
    pub fn new(backlog: usize) -> Room {
        return Room {
            backlog: backlog,
            inner: Rc::new(RefCell::new(Inner { queues: Vec::new(), closed: false })),
            handles: Rc::new(()),
        };
    }

    pub fn subscribe(&self) -> Subscriber {
        let closed = self.inner.borrow().closed;
        let queue = Rc::new(RefCell::new(Queue { messages: VecDeque::new(), missed: 0, waker: None, closed: closed }));
        self.inner.borrow_mut().queues.push(queue.clone());
        Subscriber { queue: queue }
    }

    pub fn publish(&self, text: &str) -> usize {
        if self.inner.borrow().closed {
            return 0;
        }
        // queues of subscribers that are gone have only us as an owner
        self.inner.borrow_mut().queues.retain(|q| Rc::strong_count(q) > 1);
        let queues = self.inner.borrow().queues.clone();
        for q in queues.iter() {
            let mut queue = q.borrow_mut();
            queue.messages.push_back(text.to_string().into());
            while queue.messages.len() > self.backlog {
                queue.messages.pop_front();
                queue.missed += 1;
            }
            if queue.waker.is_some() {
                queue.waker.clone().unwrap().wake();
                queue.waker = None;
            }
        }
        return queues.len();
    }

    pub fn close(&self) {
        self.inner.borrow_mut().closed = true;
        let queues = self.inner.borrow().queues.clone();
        for q in queues.iter() {
            q.borrow_mut().closed = true;
            let waker = q.borrow_mut().waker.take();
            if waker.is_some() {
                waker.unwrap().wake();
            }
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if Rc::strong_count(&self.handles) == 1 {
            self.close();
        }
    }
}

pub struct Subscriber {
    queue: Rc<RefCell<Queue>>,
}

impl Subscriber {
    pub fn recv(&mut self) -> Recv<'_> {
        Recv { subscriber: self }
    }

    pub fn try_recv(&mut self) -> Option<Event> {
        let mut queue = self.queue.borrow_mut();
        if queue.missed > 0 {
            let n = queue.missed;
            queue.missed = 0;
            return Some(Event::Missed(n));
        }
        if queue.messages.len() > 0 {
            let m = queue.messages.pop_front().unwrap();
            return Some(Event::Message(m.clone()));
        }
        if queue.closed {
            return Some(Event::Closed);
        }
        None
    }
}

pub struct Recv<'a> {
    subscriber: &'a mut Subscriber,
}

impl Future for Recv<'_> {
    type Output = Event;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Event> {
        match self.subscriber.try_recv() {
            Some(event) => Poll::Ready(event),
            None => {
                self.subscriber.queue.borrow_mut().waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
