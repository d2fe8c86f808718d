//! Where connections are, for choices that the seed makes. The connections are of a type that is neither `Send` nor
//! `Clone` and says when it is dropped. What a guard lends is looked at through a reference to that type, so that fields
//! and methods of the guard's own cannot stand in for the connection's.
#![allow(unused_mut, dropping_copy_types)] // what needs `mut` depends on the design

use assay::Test;
use conn_pool::Pool;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::rc::Rc;

/// Numbers of the connections that were dropped, in that order.
type Log = Rc<RefCell<Vec<u64>>>;

struct Connection {
    number: u64,
    sent: Vec<u64>,
    log: Log,
}

impl Connection {
    fn open(number: u64, log: &Log) -> Connection {
        Connection { number, sent: Vec::new(), log: Rc::clone(log) }
    }

    fn send(&mut self, word: u64) -> usize {
        self.sent.push(word);
        self.sent.len()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.log.borrow_mut().push(self.number);
    }
}

/// A pool of connections with numbers that the seed chooses.
fn pool(t: &mut Test, size: usize, log: &Log) -> Pool<Connection> {
    let numbers = t.rng().ids(size);
    t.input("connections", &numbers);
    Pool::new(numbers.into_iter().map(|number| Connection::open(number, log)).collect())
}

fn number(connection: &Connection) -> u64 {
    connection.number
}

/// The number of the connection that a guard lends, if there is a guard.
fn lent<G: Deref<Target = Connection>>(guard: &Option<G>) -> Option<u64> {
    guard.as_ref().map(|guard| number(guard))
}

/// (idle, in use)
fn counts(pool: &Pool<Connection>) -> (usize, usize) {
    (pool.idle(), pool.in_use())
}

fn numbers(connections: &[Connection]) -> Vec<u64> {
    connections.iter().map(|connection| connection.number).collect()
}

fn dropped(log: &Log) -> Vec<u64> {
    log.borrow().clone()
}

assay::tests! {
    /// A connection that was used and returned comes back as it was left.
    fn a_connection_comes_and_goes(t: &mut Test) {
        let log = Log::default();
        let pool = pool(t, 1, &log);
        for _ in 0..6 {
            let (word, another) = (t.rng().next(), t.rng().next());
            t.input("send", &(word, another));
            let Some(mut guard) = pool.get() else { return t.observe("a guard", &false) };
            t.observe("sent", &(guard.send(word), Connection::send(&mut guard, another)));
            let connection: &Connection = &guard;
            t.observe("all it sent", &(connection.number, &connection.sent));
            t.observe("idle, in use", &counts(&pool));
            guard.release();
            t.observe("idle, in use after", &counts(&pool));
        }
        t.observe("dropped", &dropped(&log));
    }

    /// As many guards as there are connections, few or hundreds, can be out, each with a connection of its own.
    fn all_can_be_out(t: &mut Test) {
        let log = Log::default();
        for size in [2 + t.rng().index(6), 300] {
            let pool = pool(t, size, &log);
            let mut out: Vec<_> = (0..size + 2).map(|_| pool.get()).collect();
            let seen: BTreeSet<u64> = out.iter().filter_map(lent).collect();
            t.observe("connections", &seen);
            t.observe("idle, in use", &counts(&pool));
            t.observe("one more", &pool.get().is_some());
            let back = t.rng().index(size);
            let returned = lent(&out.swap_remove(back));
            t.observe("idle, in use after", &counts(&pool));
            t.observe("it is the one that is back", &(lent(&pool.get()) == returned));
        }
    }

    /// A guard that is dropped returns its connection as `release` does.
    fn dropping_returns(t: &mut Test) {
        let log = Log::default();
        let pool = pool(t, 2, &log);
        for _ in 0..10 {
            let (first, second) = (pool.get(), pool.get());
            t.observe("out", &BTreeSet::from([lent(&first), lent(&second)]));
            if t.rng().chance(1, 2) {
                drop(first);
                if let Some(mut guard) = second {
                    guard.release();
                }
            } else {
                drop(second);
            }
            t.observe("idle, in use", &counts(&pool));
        }
        t.observe("dropped", &dropped(&log));
    }

    /// `get` takes what was returned or added last; `new` and `close` list bottom to top.
    fn the_warmest_first(t: &mut Test) {
        let log = Log::default();
        let mut pool = pool(t, 5, &log);
        let mut out: Vec<_> = (0..4).map(|_| pool.get()).collect();
        t.rng().shuffle(&mut out);
        let order: Vec<_> = out.iter().filter_map(lent).collect();
        t.input("returned", &order);
        for (place, guard) in out.into_iter().enumerate() {
            if place == 2 {
                pool.add(Connection::open(t.rng().next(), &log));
            }
            drop(guard);
        }
        let top: Vec<_> = (0..3).map(|_| pool.get()).collect();
        t.observe("taken", &top.iter().filter_map(lent).collect::<Vec<_>>());
        drop(top);
        t.observe("closed", &numbers(&pool.close()));
    }

    /// A broken connection is dropped at once and is not in the pool again.
    fn broken_ones_go(t: &mut Test) {
        let log = Log::default();
        let mut pool = pool(t, 6, &log);
        for _ in 0..8 {
            let broken = t.rng().chance(1, 2);
            t.input("broken", &broken);
            let other = pool.get();
            if let Some(mut guard) = pool.get() {
                if broken {
                    let kept = guard.discard();
                    t.observe("dropped at once", &dropped(&log));
                    drop(kept);
                } else {
                    guard.release();
                }
            }
            t.observe("idle, in use", &counts(&pool));
            t.observe("dropped", &dropped(&log));
            drop(other);
        }
        t.observe("closed", &numbers(&pool.close()));
    }

    /// Connections can be added to an empty pool, and while others are out.
    fn late_ones_are_added(t: &mut Test) {
        let log = Log::default();
        let pool = pool(t, 0, &log);
        t.observe("empty", &(pool.get().is_some(), pool.idle(), pool.in_use()));
        let mut out = Vec::new();
        for _ in 0..100 {
            pool.add(Connection::open(t.rng().next(), &log));
            let taken = t.rng().below(3);
            out.extend((0..taken).filter_map(|_| pool.get()));
            t.observe("idle, in use", &counts(&pool));
        }
        t.observe("out", &out.iter().map(|guard| number(guard)).collect::<Vec<_>>());
    }

    /// Whatever is done, each connection is in one place and is dropped once.
    fn each_in_one_place(t: &mut Test) {
        let log = Log::default();
        let mut pool = pool(t, 4, &log);
        let mut out = Vec::from_iter(pool.get());
        for _ in 0..60 {
            let at = t.rng().next() as usize;
            match t.rng().below(6) {
                0 => pool.add(Connection::open(t.rng().next(), &log)),
                1 if !out.is_empty() => {
                    let mut guard = out.swap_remove(at % out.len());
                    guard.discard();
                }
                2 | 3 if !out.is_empty() => {
                    let mut guard = out.swap_remove(at % out.len());
                    guard.release();
                }
                _ => out.extend(pool.get()),
            }
            t.observe("idle, in use", &counts(&pool));
        }
        t.observe("out", &out.iter().map(|guard| number(guard)).collect::<Vec<_>>());
        drop(out);
        t.observe("dropped before", &dropped(&log));
        let closed: Vec<Connection> = pool.close();
        t.observe("closed", &numbers(&closed));
        t.observe("dropped by closing", &dropped(&log));
        drop(closed);
        let mut all = dropped(&log);
        all.sort_unstable();
        t.observe("dropped in all", &all);
    }

    /// A pool that ends without `close` drops what it has, once.
    fn a_pool_ends(t: &mut Test) {
        let log = Log::default();
        let size = 1 + t.rng().index(5);
        {
            let pool = pool(t, size, &log);
            drop((pool.get(), pool.get()));
            t.observe("dropped", &dropped(&log));
        }
        let mut all = dropped(&log);
        all.sort_unstable();
        t.observe("dropped at the end", &all);
    }

    /// The connection whose guard a panic dropped is gone; the pool and the other guards go on.
    fn a_panic_takes_one_along(t: &mut Test) {
        let log = Log::default();
        let mut pool = pool(t, 5, &log);
        let other = pool.get();
        for round in 0..3 {
            let panics = round == 1 || t.rng().chance(1, 2);
            t.input("panics", &panics);
            let outcome = t.attempt(|| {
                let _guard = pool.get();
                assert!(!panics, "in the middle of a request");
            });
            t.observe("outcome", &outcome);
            t.observe("idle, in use", &counts(&pool));
            t.observe("dropped", &dropped(&log));
        }
        t.observe("other", &lent(&other));
        drop(other);
        t.observe("closed", &numbers(&pool.close()));
    }

    /// A clean-up takes a connection and returns it, while a panic takes another along.
    fn a_clean_up_meanwhile(t: &mut Test) {
        struct Goodbye<'pool>(&'pool Pool<Connection>, u64);
        impl Drop for Goodbye<'_> {
            fn drop(&mut self) {
                if let Some(mut guard) = self.0.get() {
                    guard.send(self.1);
                }
            }
        }
        let log = Log::default();
        let mut pool = pool(t, 3, &log);
        let word = t.rng().below(1000);
        t.input("last word", &word);
        let outcome = t.attempt(|| -> () {
            let _goodbye = Goodbye(&pool, word);
            let _guard = pool.get();
            panic!("while something remains to be said");
        });
        t.observe("outcome", &outcome);
        t.observe("dropped", &dropped(&log));
        t.observe("idle, in use", &counts(&pool));
        for connection in pool.close() {
            t.observe("closed", &(connection.number, &connection.sent));
        }
    }
}
