//! Examples, not the whole story: the brief has more rules than these.

use chat_fanout::{Event, Room};
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Counts how often it is woken.
struct Counter(AtomicUsize);

impl Wake for Counter {
    fn wake(self: Arc<Counter>) {
        self.0.fetch_add(1, SeqCst);
    }
}

#[test]
fn everybody_gets_each_message() {
    let room = Room::new(4);
    let (mut ann, mut bob) = (room.subscribe(), room.subscribe());
    assert_eq!(room.publish("hello"), 2);
    assert_eq!(ann.try_recv(), Some(Event::Message("hello".into())));
    assert_eq!(bob.try_recv(), Some(Event::Message("hello".into())));
    assert_eq!(bob.try_recv(), None);
}

#[test]
fn a_slow_reader_is_told_what_was_missed() {
    let room = Room::new(2);
    let mut slow = room.subscribe();
    for text in ["a", "b", "c"] {
        room.publish(text);
    }
    assert_eq!(slow.try_recv(), Some(Event::Missed(1)));
    assert_eq!(slow.try_recv(), Some(Event::Message("b".into())));
}

#[test]
fn a_waiting_reader_is_woken() {
    let room = Room::new(2);
    let mut ann = room.subscribe();
    let counter = Arc::new(Counter(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&counter));
    let mut context = Context::from_waker(&waker);
    let mut recv = pin!(ann.recv());
    assert_eq!(recv.as_mut().poll(&mut context), Poll::Pending);
    room.publish("hello");
    assert_eq!(counter.0.load(SeqCst), 1);
    assert_eq!(
        recv.as_mut().poll(&mut context),
        Poll::Ready(Event::Message("hello".into()))
    );
}
