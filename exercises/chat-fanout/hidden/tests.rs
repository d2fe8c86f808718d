//! One room on the test's own thread, by executor and by hand.

use assay::{Executor, Test};
use chat_fanout::{Event, Room, Subscriber};
use std::cell::RefCell;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::rc::Rc;

// the API, pinned
const _: fn(usize) -> Room = Room::new;
const _: fn(&Room) -> Subscriber = Room::subscribe;
const _: fn(&Room, &str) -> usize = Room::publish;
const _: fn(&Room) = Room::close;
const _: fn(&mut Subscriber) -> Option<Event> = Subscriber::try_recv;
const fn is_future<F: Future<Output = Event>>(_: fn(&'static mut Subscriber) -> F) {}
const _: () = is_future(|subscriber| subscriber.recv());

fn told(event: &Event) -> String {
    match event {
        Event::Message(text) => format!("\"{text}\""),
        Event::Missed(count) => format!("missed {count}"),
        Event::Closed => String::from("closed"),
    }
}

/// All that can be read now, up to `Closed`, which never ends.
fn drain(subscriber: &mut Subscriber) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(event) = subscriber.try_recv() {
        all.push(told(&event));
        if event == Event::Closed {
            break;
        }
    }
    all
}

fn words(t: &mut Test, count: u64) -> Vec<String> {
    let words: Vec<String> = (0..count).map(|_| t.rng().word(1, 6)).collect();
    t.input("words", &words);
    words
}

async fn next(subscriber: &mut Subscriber) -> String {
    told(&subscriber.recv().await)
}

/// Three events, or up to the end.
async fn three(subscriber: &mut Subscriber) -> Vec<String> {
    let mut all = Vec::new();
    while all.len() < 3 && all.last().map(String::as_str) != Some("closed") {
        all.push(next(subscriber).await);
    }
    all
}

assay::tests! {
    /// Everyone who is there reads every message, in its order.
    fn in_order(t: &mut Test) {
        let room = Room::new(8);
        let mut readers = [room.subscribe(), room.subscribe()];
        for word in words(t, 6) {
            room.publish(&word);
        }
        for reader in &mut readers {
            t.observe("read", &drain(reader));
        }
        room.publish("late");
        t.observe("read later", &(drain(&mut readers[0]), drain(&mut room.subscribe())));
    }

    /// A reader waits, is woken, and goes on.
    fn waits_and_goes_on(t: &mut Test) {
        let room = Room::new(4);
        let mut readers = [room.subscribe(), room.subscribe(), room.subscribe()];
        let words = words(t, 3);
        let mut run = t.executor();
        let mut tasks = Vec::new();
        for reader in &mut readers {
            tasks.push(run.spawn_local(three(reader)));
        }
        run.until_stalled();
        for word in &words {
            room.publish(word);
            t.observe("woken", &tasks.iter().map(|task| run.is_woken(task)).collect::<Vec<_>>());
            run.until_stalled();
        }
        t.observe("read", &tasks.iter().map(|task| task.take()).collect::<Vec<_>>());
    }

    /// Who reads too slowly is told how much they missed, and goes on with the oldest that is kept.
    fn slow_ones_are_told(t: &mut Test) {
        for backlog in [1, 2, 5] {
            let room = Room::new(backlog);
            let (mut slow, mut quick) = (room.subscribe(), room.subscribe());
            let mut read = Vec::new();
            for (at, word) in words(t, 9).iter().enumerate() {
                room.publish(word);
                read.extend(drain(&mut quick));
                if at == 3 {
                    read.extend(slow.try_recv().as_ref().map(told));
                }
            }
            t.observe("backlog, quick one, slow one", &(backlog, read, drain(&mut slow)));
        }
    }

    /// The end comes behind what was not read, to everyone, again and again.
    fn closed_at_the_end(t: &mut Test) {
        let room = Room::new(3);
        let (mut waiting, mut behind) = (room.subscribe(), room.subscribe());
        let mut run = t.executor();
        let task = run.spawn_local(three(&mut waiting));
        run.until_stalled();
        room.publish("last");
        room.close();
        room.close();
        run.until_stalled();
        t.observe("who waited", &task.take());
        t.observe("who was behind", &(drain(&mut behind), drain(&mut behind)));
        t.observe("published, and read by who comes late", &(room.publish("lost"), drain(&mut room.subscribe())));
    }

    /// The room ends with its last handle, not with the first.
    fn ends_with_its_last_handle(t: &mut Test) {
        let room = Room::new(3);
        let other = room.clone();
        let (mut first, mut second) = (room.subscribe(), room.subscribe());
        let mut run = t.executor();
        let task = run.spawn_local(three(&mut first));
        run.until_stalled();
        drop(room);
        t.observe("woken by the first", &(run.is_woken(&task), other.publish("still there")));
        run.until_stalled();
        drop(other);
        t.observe("woken by the last", &run.is_woken(&task));
        run.until_stalled();
        t.observe("read", &(task.take(), drain(&mut second)));
    }

    /// A publish says how many are there to read it.
    fn readers_are_counted(t: &mut Test) {
        let room = Room::new(2);
        let mut readers: Vec<Subscriber> = Vec::new();
        for _ in 0..24 {
            if readers.is_empty() || t.rng().chance(3, 5) {
                readers.push(room.subscribe());
            } else {
                let gone = t.rng().index(readers.len());
                readers.swap_remove(gone);
            }
            t.observe("readers", &(readers.len(), room.publish("x")));
        }
    }

    /// Without a backlog every message is missed, and it is told all the same.
    fn no_backlog(t: &mut Test) {
        let room = Room::new(0);
        let mut reader = room.subscribe();
        t.observe("nothing yet", &drain(&mut reader));
        for count in [1, 3] {
            for _ in 0..count {
                room.publish("x");
            }
            t.observe("read", &drain(&mut reader));
        }
        room.publish("x");
        room.close();
        t.observe("read at the end", &drain(&mut reader));
    }

    /// A read that is given up loses nothing, whether it was polled, woken or neither.
    fn given_up_reads(t: &mut Test) {
        for polled in [false, true] {
            for published in 0..4 {
                let room = Room::new(2);
                let mut reader = room.subscribe();
                if published == 3 {
                    room.publish("before");
                }
                let mut run = t.executor();
                let task = run.spawn_local(reader.recv());
                if polled && published != 3 {
                    run.poll(&task);
                }
                for at in 0..published {
                    room.publish(&format!("message {at}"));
                }
                let wakers = run.wakers(&task);
                run.cancel(&task);
                t.observe("wakers kept before and after", &(wakers, run.wakers(&task)));
                drop(run);
                room.publish("afterwards");
                t.observe("polled, published, read", &(polled, published, drain(&mut reader)));
            }
        }
    }

    /// Who waits is woken once; who does not, is left alone.
    fn woken_once(t: &mut Test) {
        let room = Room::new(8);
        let mut readers: Vec<Subscriber> = (0..4).map(|_| room.subscribe()).collect();
        let idle = readers.pop();
        let mut run = t.executor();
        let tasks: Vec<_> = readers.iter_mut().map(|reader| run.spawn_local(next(reader))).collect();
        run.until_stalled();
        for _ in 0..3 {
            room.publish("x");
        }
        t.observe("wakes, wakers", &tasks.iter().map(|task| (run.wakes(task), run.wakers(task))).collect::<Vec<_>>());
        t.observe("polls", &run.until_stalled());
        room.publish("x");
        t.observe("wakes later", &tasks.iter().map(|task| run.wakes(task)).collect::<Vec<_>>());
        t.observe("of one who did not wait", &idle.map(|mut reader| drain(&mut reader)));
    }

    /// Two tasks poll one read: the last who asked is woken.
    fn last_waker_counts(t: &mut Test) {
        let room = Room::new(2);
        let mut reader = room.subscribe();
        let mut first = t.executor();
        let mut second = Executor::new(7);
        {
            let shared = Rc::new(RefCell::new(Box::pin(next(&mut reader)) as Pin<Box<dyn Future<Output = String>>>));
            let one = Rc::clone(&shared);
            let one = first.spawn_local(poll_fn(move |context| one.borrow_mut().as_mut().poll(context)));
            let two = second.spawn_local(poll_fn(move |context| shared.borrow_mut().as_mut().poll(context)));
            t.observe("pending", &(first.poll(&one).is_pending(), second.poll(&two).is_pending()));
            room.publish("x");
            t.observe("wakes", &(first.wakes(&one), second.wakes(&two)));
            second.until_stalled();
            t.observe("read", &two.take());
        }
    }

    /// Readers that come, go, read and wait as it happens, against what the rules say.
    fn as_it_happens(t: &mut Test) {
        for _ in 0..6 {
            let room = Room::new(t.rng().index(4));
            let mut readers: Vec<Subscriber> = vec![room.subscribe()];
            for step in 0..40 {
                let at = t.rng().index(readers.len());
                match t.rng().below(8) {
                    0 => readers.push(room.subscribe()),
                    1 if readers.len() > 1 => drop(readers.swap_remove(at)),
                    2..=4 => t.observe("published", &room.publish(&format!("{step}"))),
                    5 => {
                        let mut run = t.executor();
                        let task = run.spawn_local(next(&mut readers[at]));
                        run.until_stalled();
                        t.observe("awaited", &task.take());
                    }
                    _ => t.observe("read", &readers[at].try_recv().as_ref().map(told)),
                }
            }
            room.close();
            t.observe("left", &readers.iter_mut().map(drain).collect::<Vec<_>>());
        }
    }

    /// What a hundred messages to fifty readers allocate.
    fn publish_costs(t: &mut Test) {
        let room = Room::new(64);
        let mut readers: Vec<Subscriber> = (0..50).map(|_| room.subscribe()).collect();
        let text = t.rng().word(40, 40);
        t.count("publish_allocations", || {
            for _ in 0..100 {
                room.publish(&text);
            }
        });
        t.observe("read", &readers.iter_mut().map(|reader| drain(reader).len()).sum::<usize>());
    }
}
