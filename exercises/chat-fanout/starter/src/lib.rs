//! A room of a chat back end. The rules are in the brief.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Message(Arc<str>),
    Missed(u64),
    Closed,
}

#[derive(Clone)]
pub struct Room {}

impl Room {
    pub fn new(_backlog: usize) -> Room {
        todo!("rule 2 of the brief")
    }

    pub fn subscribe(&self) -> Subscriber {
        todo!()
    }

    pub fn publish(&self, _text: &str) -> usize {
        todo!("rules 1 and 2 of the brief")
    }

    pub fn close(&self) {
        todo!()
    }
}

pub struct Subscriber {}

impl Subscriber {
    pub fn recv(&mut self) -> Recv<'_> {
        todo!()
    }

    pub fn try_recv(&mut self) -> Option<Event> {
        todo!()
    }
}

pub struct Recv<'a> {
    subscriber: &'a mut Subscriber,
}

impl Future for Recv<'_> {
    type Output = Event;

    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Event> {
        let _ = &self.subscriber;
        todo!("rules 3 to 5 of the brief")
    }
}
