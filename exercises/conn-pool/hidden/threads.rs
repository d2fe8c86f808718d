//! One pool, several threads, and connections that borrow. Those that threads share are `Send`, and no more.
#![allow(unused_mut)] // what needs `mut` depends on the design

use assay::Test;
use conn_pool::Pool;
use std::cell::Cell;
use std::thread;

/// Takes a connection as often as it says, waiting for one where none is idle, and counts each use in it.
fn work(pool: &Pool<Cell<u64>>, times: u64) {
    let mut done = 0;
    while done < times {
        if let Some(mut guard) = pool.get() {
            *Cell::get_mut(&mut guard) += 1;
            guard.release();
            done += 1;
        } else {
            thread::yield_now();
        }
    }
}

assay::tests! {
    /// More threads than connections: each use is counted, and all connections are there at the end.
    fn threads_share(t: &mut Test) {
        let (threads, size) = (2 + t.rng().below(3), 1 + t.rng().index(3));
        let times = 50 + t.rng().below(50);
        t.input("threads, connections, times", &(threads, size, times));
        let before: Vec<u64> = (0..size).map(|_| t.rng().below(1000)).collect();
        t.input("uses before", &before);
        let mut pool = Pool::new(before.into_iter().map(Cell::new).collect());
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| work(&pool, times));
            }
        });
        t.observe("idle, in use", &(pool.idle(), pool.in_use()));
        let closed: Vec<Cell<u64>> = pool.close();
        t.observe("connections, uses", &(closed.len(), closed.iter().map(Cell::get).sum::<u64>()));
    }

    /// A guard moves to another thread, is used there, and returns from there.
    fn a_guard_travels(t: &mut Test) {
        let (host, word) = (t.rng().word(3, 9), t.rng().word(3, 9));
        t.input("host, word", &(&host, &word));
        let mut pool = Pool::new(vec![Cell::new(String::new()), Cell::new(host)]);
        thread::scope(|scope| {
            let guard = pool.get();
            scope.spawn(|| {
                if let Some(mut guard) = guard {
                    Cell::get_mut(&mut guard).push_str(&word);
                }
            });
        });
        t.observe("idle, in use", &(pool.idle(), pool.in_use()));
        let closed: Vec<Cell<String>> = pool.close();
        t.observe("closed", &closed.into_iter().map(Cell::into_inner).collect::<Vec<_>>());
    }

    /// A thread that panics takes its connection along; the pool serves the others.
    fn a_thread_panics(t: &mut Test) {
        let numbers = t.rng().ids(4);
        let bad = *t.rng().pick(&numbers);
        t.input("connections, the one that panics", &(&numbers, bad));
        let mut pool = Pool::new(numbers);
        let ends: Vec<bool> = thread::scope(|scope| {
            let out: Vec<_> = (0..4).filter_map(|_| pool.get()).collect();
            let started: Vec<_> = out.into_iter().map(|guard| scope.spawn(move || assert!(*guard != bad))).collect();
            started.into_iter().map(|thread| thread.join().is_ok()).collect()
        });
        t.observe("ends", &ends);
        t.observe("idle, in use", &(pool.idle(), pool.in_use()));
        t.observe("another", &pool.get().is_some());
        let mut left: Vec<u64> = pool.close();
        left.sort_unstable();
        t.observe("left", &left);
    }

    /// Connections may borrow from outside the pool.
    fn connections_borrow(t: &mut Test) {
        let mut sockets = vec![String::new(); 3];
        let words: Vec<_> = (0..6).map(|_| t.rng().word(1, 5)).collect();
        t.input("words", &words);
        {
            let pool = Pool::new(sockets.iter_mut().collect());
            for pair in words.chunks(2) {
                let (first, second) = (pool.get(), pool.get());
                for (guard, word) in [first, second].into_iter().zip(pair) {
                    if let Some(mut socket) = guard {
                        String::push_str(&mut socket, word);
                    }
                }
            }
        }
        t.observe("sockets", &sockets);
    }
}
