//! Broadcast room. One ring buffer, readers are cursors into it (disruptor style). The mutex is never held over a callback.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Message(Arc<str>),
    Missed(u64),
    Closed,
}

struct Slot {
    m_used: bool,
    m_waker: Option<Waker>,
}

struct Impl {
    m_ring: VecDeque<Arc<str>>,
    m_capacity: usize,
    m_head: u64,
    m_closed: bool,
    m_publishers: usize,
    m_slots: Vec<Slot>,
}

/// pimpl with shared ownership
pub struct Room {
    m_impl: Arc<Mutex<Impl>>,
}

pub struct Subscriber {
    m_impl: Arc<Mutex<Impl>>,
    m_slot: usize,
    m_cursor: u64,
}

pub struct Recv<'a> {
    m_subscriber: &'a mut Subscriber,
}

fn acquire<'a>(mutex: &'a Arc<Mutex<Impl>>) -> MutexGuard<'a, Impl> {
    match mutex.lock() {
        Ok(guard) => return guard,
        Err(e) => return e.into_inner(),
    }
}

fn notify_all(wakers: Vec<Waker>) {
    for w in wakers.into_iter() {
        w.wake();
    }
}

impl Impl {
    fn collect_wakers(&mut self) -> Vec<Waker> {
        let mut out: Vec<Waker> = Vec::new();
        for i in 0..self.m_slots.len() {
            if self.m_slots[i].m_waker.is_some() {
                out.push(self.m_slots[i].m_waker.take().unwrap());
            }
        }
        return out;
    }

    fn count(&self) -> usize {
        let mut n: usize = 0;
        for i in 0..self.m_slots.len() {
            if self.m_slots[i].m_used == true {
                n += 1;
            }
        }
        return n;
    }

    fn read(&self, cursor: &mut u64) -> Option<Event> {
        let tail: u64 = self.m_head - self.m_ring.len() as u64;
        if *cursor < tail {
            let lost: u64 = tail - *cursor;
            *cursor = tail;
            return Some(Event::Missed(lost));
        }
        if *cursor < self.m_head {
            let index: usize = (*cursor - tail) as usize;
            *cursor += 1;
            return Some(Event::Message(Arc::clone(&self.m_ring[index])));
        }
        if self.m_closed == true {
            return Some(Event::Closed);
        }
        return None;
    }
}

impl Room {
    pub fn new(backlog: usize) -> Room {
        return Room {
            m_impl: Arc::new(Mutex::new(Impl {
                m_ring: VecDeque::new(),
                m_capacity: backlog,
                m_head: 0,
                m_closed: false,
                m_publishers: 1,
                m_slots: Vec::new(),
            })),
        };
    }

    pub fn subscribe(&self) -> Subscriber {
        let mut state = acquire(&self.m_impl);
        let mut slot: usize = state.m_slots.len();
        for i in 0..state.m_slots.len() {
            if state.m_slots[i].m_used == false {
                slot = i;
                break;
            }
        }
        if slot == state.m_slots.len() {
            state.m_slots.push(Slot { m_used: true, m_waker: None });
        } else {
            state.m_slots[slot].m_used = true;
        }
        return Subscriber { m_impl: Arc::clone(&self.m_impl), m_slot: slot, m_cursor: state.m_head };
    }

    pub fn publish(&self, text: &str) -> usize {
        let wakers: Vec<Waker>;
        let n: usize;
        {
            let mut state = acquire(&self.m_impl);
            if state.m_closed == true {
                return 0;
            }
            state.m_head += 1;
            if state.m_ring.len() >= state.m_capacity {
                state.m_ring.pop_front();
            }
            if state.m_capacity > 0 {
                state.m_ring.push_back(Arc::from(text));
            }
            n = state.count();
            wakers = state.collect_wakers();
        } // unlock
        notify_all(wakers);
        return n;
    }

    pub fn close(&self) {
        let wakers: Vec<Waker>;
        {
            let mut state = acquire(&self.m_impl);
            state.m_closed = true;
            wakers = state.collect_wakers();
        }
        notify_all(wakers);
    }
}

impl Clone for Room {
    fn clone(&self) -> Room {
        acquire(&self.m_impl).m_publishers += 1;
        return Room { m_impl: Arc::clone(&self.m_impl) };
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let last: bool;
        {
            let mut state = acquire(&self.m_impl);
            state.m_publishers -= 1;
            last = state.m_publishers == 0;
        }
        if last {
            self.close();
        }
    }
}

impl Subscriber {
    pub fn recv<'a>(&'a mut self) -> Recv<'a> {
        return Recv { m_subscriber: self };
    }

    pub fn try_recv(&mut self) -> Option<Event> {
        return acquire(&self.m_impl).read(&mut self.m_cursor);
    }

    fn exchange_waker(&self, waker: Option<Waker>) -> Option<Waker> {
        let mut state = acquire(&self.m_impl);
        return std::mem::replace(&mut state.m_slots[self.m_slot].m_waker, waker);
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        let old: Option<Waker> = self.exchange_waker(None);
        acquire(&self.m_impl).m_slots[self.m_slot].m_used = false;
        drop(old);
    }
}

impl<'a> Future for Recv<'a> {
    type Output = Event;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Event> {
        let waker: Waker = context.waker().clone();
        let subscriber: &mut Subscriber = &mut *self.m_subscriber;
        let result: Option<Event>;
        let old: Option<Waker>;
        {
            // check and registration under one lock: no lost wakeup
            let mut state = acquire(&subscriber.m_impl);
            result = state.read(&mut subscriber.m_cursor);
            let next: Option<Waker> = if result.is_none() { Some(waker) } else { None };
            old = std::mem::replace(&mut state.m_slots[subscriber.m_slot].m_waker, next);
        }
        drop(old);
        if result.is_some() {
            return Poll::Ready(result.unwrap());
        }
        return Poll::Pending;
    }
}

impl<'a> Drop for Recv<'a> {
    fn drop(&mut self) {
        let old: Option<Waker> = self.m_subscriber.exchange_waker(None);
        drop(old);
    }
}
