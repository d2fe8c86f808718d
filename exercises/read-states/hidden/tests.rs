//! What the cache gives back, for marks, users and orders that the seed chooses.

use assay::{Rng, Test};
use read_states::{ReadStates, Snapshot};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

// the API, pinned
const _: fn(usize) -> ReadStates = ReadStates::new;
const _: fn(&ReadStates) -> usize = ReadStates::capacity;
const _: fn(&ReadStates) -> usize = ReadStates::len;
const _: fn(&ReadStates) -> bool = ReadStates::is_empty;
const _: fn(&mut ReadStates, u64, u64, u64) -> Option<Snapshot> = ReadStates::mark;
const _: fn(&mut ReadStates, u64, &[(u64, u64)]) -> Option<Snapshot> = ReadStates::load;
const _: fn(&mut ReadStates, u64, u64) -> Option<u64> = ReadStates::last_read;
const _: fn(&ReadStates, u64, u64) -> Option<u64> = ReadStates::peek;
const _: fn(&ReadStates, u64) -> Option<Snapshot> = ReadStates::snapshot;
const _: fn(&mut ReadStates, u64) -> Option<Snapshot> = ReadStates::forget;
const _: fn(&Snapshot) -> u64 = Snapshot::user;
const _: fn(&Snapshot, u64) -> Option<u64> = Snapshot::last_read;
const _: fn(&Snapshot) -> &[(u64, u64)] = Snapshot::marks;
const fn travels<T: Send + 'static>() {}
const fn is_shared<T: Clone + Send + Sync + 'static>() {}
const _: () = (travels::<ReadStates>(), is_shared::<Snapshot>()).0;

type Taken = Option<(u64, Vec<(u64, u64)>)>;

fn taken(snapshot: Option<Snapshot>) -> Taken {
    snapshot.map(|gone| (gone.user(), gone.marks().to_vec()))
}

/// Marks for some of the channels, in no order.
fn marks(rng: &mut Rng, channels: &[u64], count: usize) -> Vec<(u64, u64)> {
    let mut marks = Vec::new();
    for _ in 0..count {
        marks.push((*rng.pick(channels), rng.below(1000)));
    }
    marks
}

/// Pushes everybody out, by others who come in: who goes, and with which marks, in that order.
fn push_all_out(t: &mut Test, states: &mut ReadStates, others: &[u64]) {
    for &user in others {
        t.observe("pushed out at last", &taken(states.mark(user, 0, 0)));
    }
}

assay::tests! {
    /// What was marked is read back, and nothing else.
    fn marks_are_read_back(t: &mut Test) {
        let (users, channels) = (t.rng().ids(6), t.rng().ids(5));
        let mut states = ReadStates::new(10);
        for number in 0..12 {
            let mark = (*t.rng().pick(&users), *t.rng().pick(&channels), number * 1000 + t.rng().below(1000));
            t.input("mark", &mark);
            t.observe("pushed out", &taken(states.mark(mark.0, mark.1, mark.2)));
            t.observe("last read", &states.last_read(mark.0, mark.1));
        }
        for &user in &users {
            for &channel in &channels {
                t.observe("peek", &states.peek(user, channel));
            }
        }
        t.observe("size", &(states.len(), states.capacity(), states.is_empty(), ReadStates::new(3).is_empty()));
    }

    /// A mark that comes late does not move a channel back.
    fn late_marks_change_nothing(t: &mut Test) {
        let (user, channels) = (t.rng().next(), t.rng().ids(2));
        let mut states = ReadStates::new(2);
        for (channel, message) in marks(t.rng(), &channels, 16) {
            t.input("mark", &(channel, message));
            states.mark(user, channel, message);
            t.observe("last read", &states.last_read(user, channel));
        }
    }

    /// The user who was marked longest ago is pushed out, with all of their marks.
    fn the_oldest_goes_first(t: &mut Test) {
        let (users, channels) = (t.rng().ids(7), t.rng().ids(3));
        let mut states = ReadStates::new(4);
        for message in 0..30 {
            let (user, channel) = (*t.rng().pick(&users), *t.rng().pick(&channels));
            t.input("mark", &(user, channel, message));
            t.observe("pushed out", &taken(states.mark(user, channel, message)));
            t.observe("users", &states.len());
        }
    }

    /// A snapshot stays as it was while the cache goes on, and so does a clone of it.
    fn a_snapshot_holds_still(t: &mut Test) {
        let (users, channels) = (t.rng().ids(2), t.rng().ids(4));
        let mut states = ReadStates::new(1);
        let mut snapshots = Vec::new();
        for message in 0..12 {
            let channel = *t.rng().pick(&channels);
            states.mark(users[0], channel, message);
            let snapshot = states.snapshot(users[0]);
            snapshots.extend([snapshot.clone(), snapshot]);
        }
        states.mark(users[1], channels[0], 1);
        t.observe("gone", &taken(states.snapshot(users[0])));
        for snapshot in snapshots {
            for &channel in &channels {
                t.observe("last read then", &snapshot.as_ref().and_then(|then| then.last_read(channel)));
            }
            t.observe("snapshot", &taken(snapshot));
        }
    }

    /// Users keep all of their marks, however many, and so do snapshots and those who are pushed out.
    fn hundreds_of_channels(t: &mut Test) {
        let (users, channels) = (t.rng().ids(3), t.rng().ids(400));
        let mut states = ReadStates::new(2);
        let mut snapshots = Vec::new();
        for &user in &users {
            let known = marks(t.rng(), &channels, 500);
            t.observe("pushed out", &taken(states.load(user, &known)));
            for (channel, message) in marks(t.rng(), &channels, 100) {
                states.mark(user, channel, message);
            }
            snapshots.push(states.snapshot(user));
        }
        let mut read = Vec::new();
        for &channel in &channels {
            read.push((states.peek(users[2], channel), states.last_read(users[1], channel)));
        }
        t.observe("read", &read);
        for snapshot in snapshots {
            t.observe("snapshot", &taken(snapshot));
        }
        t.observe("forgotten", &taken(states.forget(users[2])));
        push_all_out(t, &mut states, &users[..2]);
        let known = marks(t.rng(), &channels, 500);
        t.observe("loaded for nobody", &taken(ReadStates::new(0).load(users[0], &known)));
    }

    /// Reading is a use, even of a channel without a mark; peeking and taking snapshots are none.
    fn reading_is_a_use(t: &mut Test) {
        let (users, channels) = (t.rng().ids(24), t.rng().ids(2));
        let mut states = ReadStates::new(4);
        for (number, &user) in users.iter().enumerate() {
            t.observe("pushed out", &taken(states.mark(user, channels[0], 1)));
            let recent = &users[number.saturating_sub(3)..];
            let (read, seen) = (recent[t.rng().index(4.min(recent.len()))], recent[0]);
            let channel = *t.rng().pick(&channels);
            t.input("read, then peek at", &(read, seen, channel));
            t.observe("last read", &states.last_read(read, channel));
            t.observe("peek", &(states.peek(seen, channel), states.snapshot(seen).is_some()));
        }
    }

    /// A mark that changes nothing is a use all the same.
    fn a_late_mark_is_a_use(t: &mut Test) {
        let (users, channel) = (t.rng().ids(24), t.rng().next());
        let mut states = ReadStates::new(3);
        for (number, &user) in users.iter().enumerate() {
            t.observe("pushed out", &taken(states.mark(user, channel, 500)));
            let again = users[number.saturating_sub(1 + t.rng().index(2))];
            let message = *t.rng().pick(&[0, 499, 500]);
            t.input("again", &(again, message));
            t.observe("pushed out", &taken(states.mark(again, channel, message)));
        }
    }

    /// What the database says is merged: the furthest wins, the order does not matter, nothing is worth knowing too.
    fn loads_are_merged(t: &mut Test) {
        let (users, channels) = (t.rng().ids(4), t.rng().ids(5));
        let mut states = ReadStates::new(2);
        for _ in 0..16 {
            let user = *t.rng().pick(&users);
            let count = t.rng().index(7);
            let known = marks(t.rng(), &channels, count);
            t.input("load", &(user, &known));
            t.observe("pushed out", &taken(states.load(user, &known)));
            let (other, channel, message) = (*t.rng().pick(&users), *t.rng().pick(&channels), t.rng().below(1000));
            t.input("mark", &(other, channel, message));
            t.observe("pushed out", &taken(states.mark(other, channel, message)));
            t.observe("known", &taken(states.snapshot(user)));
        }
    }

    /// A load is a use, whatever it lists and whether or not it changes anything.
    fn loading_is_a_use(t: &mut Test) {
        let (users, channel) = (t.rng().ids(24), t.rng().next());
        let mut states = ReadStates::new(3);
        for (number, &user) in users.iter().enumerate() {
            t.observe("pushed out", &taken(states.mark(user, channel, 500)));
            let again = users[number.saturating_sub(1 + t.rng().index(2))];
            let known = *t.rng().pick(&[None, Some((channel, 499)), Some((channel, 501))]);
            t.input("load", &(again, known));
            t.observe("pushed out", &taken(states.load(again, known.as_slice())));
        }
    }

    /// Who is forgotten leaves with their marks and makes room, wherever in the order they were.
    fn forgetting_makes_room(t: &mut Test) {
        let (users, channel) = (t.rng().ids(8), t.rng().next());
        let mut states = ReadStates::new(5);
        for message in 0..40 {
            let (user, other) = (*t.rng().pick(&users), *t.rng().pick(&users));
            t.input("mark, forget", &(user, other));
            t.observe("pushed out", &taken(states.mark(user, channel, message)));
            if t.rng().chance(1, 2) {
                t.observe("forgotten", &taken(states.forget(other)));
            }
            t.observe("users", &states.len());
        }
        for &user in &users {
            t.observe("left", &states.peek(user, channel));
        }
    }

    /// Room for one, room for nobody, and the first and last ids there are.
    fn small_rooms_and_extreme_ids(t: &mut Test) {
        for capacity in [0, 1, 2] {
            let mut states = ReadStates::new(capacity);
            for _ in 0..8 {
                let mut id = || *t.rng().pick(&[0, 1, u64::MAX - 1, u64::MAX]);
                let (user, channel, message) = (id(), id(), id());
                t.input("mark", &(capacity, user, channel, message));
                t.observe("pushed out", &taken(states.mark(user, channel, message)));
                t.observe("pushed out by a load", &taken(states.load(channel, &[(user, message), (message, user)])));
                t.observe("left", &(states.len(), states.is_empty(), states.last_read(user, channel)));
            }
        }
        t.observe("room for all", &taken(ReadStates::new(usize::MAX).mark(0, 0, 0)));
    }

    /// The memory of users who were pushed out or forgotten is given back.
    fn memory_is_given_back(t: &mut Test) {
        let (users, channels) = (t.rng().ids(600), t.rng().ids(100));
        let known = marks(t.rng(), &channels, 150);
        let mut states = ReadStates::new(4);
        let (heap, gone) = t.heap(|| {
            let mut gone = 0;
            for three in users.chunks(3) {
                for &user in three {
                    gone += states.load(user, &known).map_or(0, |gone| gone.marks().len());
                }
                gone += states.forget(three[0]).map_or(0, |gone| gone.marks().len());
            }
            gone
        });
        t.observe("marks of those who left", &gone);
        // at least 600,000 bytes went through, of 5 users at once
        t.observe("they are not held", &(heap.peak < 150_000));
    }

    /// Readers on other threads see what was there when they started, while marks go on.
    fn readers_beside_a_writer(t: &mut Test) {
        let (user, channels) = (t.rng().next(), t.rng().ids(8));
        let mut states = ReadStates::new(2);
        states.load(user, &marks(t.rng(), &channels, 12));
        let news = marks(t.rng(), &channels, 400);
        let Some(before) = states.snapshot(user) else { return t.observe("a snapshot", &false) };
        let (low, high) = (AtomicU64::new(u64::MAX), AtomicU64::new(0));
        let read = |_| {
            for _ in 0..300 {
                let mut sum = 0;
                for &(_, message) in before.marks() {
                    sum += message;
                }
                low.fetch_min(sum, Relaxed);
                high.fetch_max(sum, Relaxed);
            }
        };
        let panics = t.beside(2, &read, &mut || {
            for &(channel, message) in &news {
                states.mark(user, channel, message);
            }
        });
        t.observe("readers that panicked", &panics);
        t.observe("sums seen", &(low.into_inner(), high.into_inner()));
        t.observe("after", &taken(states.snapshot(user)));
    }

    /// 30,000 users come, are read, mostly the oldest, and begin to be pushed out.
    fn thirty_thousand_users(t: &mut Test) {
        const USERS: u64 = 30_000;
        let mut states = ReadStates::new(USERS as usize);
        for user in 0..USERS {
            states.mark(user, user % 7, user);
        }
        let mut read = 0;
        for user in 0..USERS {
            let user = if user % 8 > 0 { user } else { t.rng().below(USERS) };
            read += states.last_read(user, user % 7).unwrap_or(0);
        }
        t.observe("read", &read);
        let mut gone = 0;
        for user in USERS..USERS * 5 / 4 {
            gone += states.mark(user, 1, 1).map_or(0, |gone| gone.user());
        }
        t.observe("pushed out", &(gone, taken(states.mark(USERS * 2, 1, 1))));
    }

    /// Snapshots of users with many marks, which hold still when a mark comes.
    fn snapshot_costs(t: &mut Test) {
        let (user, channels) = (t.rng().next(), t.rng().ids(300));
        let mut states = ReadStates::new(3);
        states.load(user, &marks(t.rng(), &channels, 400));
        let snapshot = t.count("snapshot_allocations", || states.snapshot(user));
        for &channel in &channels[..20] {
            states.mark(user, channel, 1000);
        }
        t.observe("snapshot", &taken(snapshot));
        t.observe("after", &taken(states.snapshot(user)));
    }

    /// Marks and reads in a full, warm cache, all of which are uses.
    fn warm_costs(t: &mut Test) {
        let (users, others, channels) = (t.rng().ids(40), t.rng().ids(40), t.rng().ids(6));
        let mut states = ReadStates::new(users.len());
        for &user in &users {
            for &channel in &channels {
                states.mark(user, channel, 0);
            }
        }
        let mut work = Vec::new();
        for at in 1..500 {
            let user = *t.rng().pick(&users);
            work.push((user, *t.rng().pick(&users), *t.rng().pick(&channels), at));
        }
        let read = t.count("warm_allocations", || {
            let mut read = 0;
            for &(user, reader, channel, message) in &work {
                states.mark(user, channel, message);
                read += states.last_read(reader, channel).unwrap_or(0);
            }
            read
        });
        t.observe("read", &read);
        push_all_out(t, &mut states, &others);
    }
}
