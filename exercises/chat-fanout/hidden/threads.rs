//! Rooms and readers on many threads, and wakers that do whatever they like.

use assay::{is_send, Executor, Test};
use chat_fanout::{Event, Room, Subscriber};

const fn shared<T: Send + Sync>() {}
const fn sent<T: Send>() {}
const _: () = shared::<Room>();
const _: () = sent::<Subscriber>();

/// How many messages were read and how many were missed until the end.
async fn count(mut subscriber: Subscriber) -> (u64, u64) {
    let mut counts = (0, 0);
    loop {
        match subscriber.recv().await {
            Event::Message(_) => counts.0 += 1,
            Event::Missed(count) => counts.1 += count,
            Event::Closed => return counts,
        }
    }
}

assay::tests! {
    /// Publishers and readers on threads of their own: nothing is lost without being told.
    fn every_message_is_read_or_missed(t: &mut Test) {
        for backlog in [1, 1000] {
            let sums = t.within(2000, move || {
                let room = Room::new(backlog);
                let readers: Vec<Subscriber> = (0..3).map(|_| room.subscribe()).collect();
                std::thread::scope(|scope| {
                    let counted: Vec<_> = readers
                        .into_iter()
                        .map(|reader| {
                            scope.spawn(move || {
                                let mut run = Executor::new(1);
                                let task = run.spawn(is_send(count(reader)));
                                loop {
                                    run.until_stalled();
                                    if let Some((read, missed)) = task.take() {
                                        return read + missed;
                                    }
                                    std::thread::yield_now();
                                }
                            })
                        })
                        .collect();
                    for _ in 0..2 {
                        let room = room.clone();
                        scope.spawn(move || {
                            for _ in 0..200 {
                                room.publish("x");
                            }
                        });
                    }
                    drop(room);
                    counted.into_iter().map(|thread| thread.join().ok()).collect::<Vec<_>>()
                })
            });
            t.observe("read and missed", &(backlog, sums));
        }
    }
}
