//! Wakers are a stranger's code: they may call back into the room.

use assay::{Executor, Test};
use chat_fanout::{Event, Room, Subscriber};
use std::sync::Arc;

async fn next(mut subscriber: Subscriber) -> bool {
    matches!(subscriber.recv().await, Event::Message(_) | Event::Closed)
}

/// Whether two readers were woken while each waker asks the room for something.
fn woken(end: fn(Room)) -> (bool, bool) {
    let room = Arc::new(Room::new(2));
    let mut run = Executor::new(1);
    let tasks = [run.spawn(next(room.subscribe())), run.spawn(next(room.subscribe()))];
    run.until_stalled();
    for task in &tasks {
        // weak, since a handle in a waker would keep the room open
        let asked = Arc::downgrade(&room);
        let other = room.subscribe();
        let other = std::sync::Mutex::new(other);
        run.on_wake(
            task,
            Box::new(move || {
                if let Some(room) = asked.upgrade() {
                    drop(room.subscribe());
                }
                if let Ok(mut other) = other.lock() {
                    other.try_recv();
                }
            }),
        );
    }
    end((*room).clone());
    drop(room);
    run.until_stalled();
    (tasks[0].take() == Some(true), tasks[1].take() == Some(true))
}

assay::tests! {
    /// Nothing is locked while readers are woken by a message.
    fn woken_without_a_lock(t: &mut Test) {
        let woken = t.within(400, || woken(|room| drop(room.publish("x"))));
        t.observe("woken", &woken);
    }

    /// Nor while the room ends.
    fn ended_without_a_lock(t: &mut Test) {
        let closed = t.within(400, || woken(|room| room.close()));
        let dropped = t.within(400, || woken(drop));
        t.observe("woken by close, by the last handle", &(closed, dropped));
    }
}
