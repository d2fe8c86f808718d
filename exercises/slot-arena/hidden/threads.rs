//! One arena, several threads, and values that borrow.

use assay::Test;
use slot_arena::{Arena, Slot, Token};
use std::sync::{Barrier, Mutex};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

type Value = [u64; 4];

/// Whether nobody else was seen to have written into it meanwhile.
fn alone(slot: &mut Slot<'_, Value>, number: u64) -> bool {
    **slot = [number; 4];
    thread::yield_now();
    **slot == [number; 4]
}

assay::tests! {
    /// Threads put values in and take out each other's: none is lost, doubled or mixed up.
    fn threads_share(t: &mut Test) {
        let (threads, times) = (2 + t.rng().below(3), 15 + t.rng().below(15));
        t.input("threads, times", &(threads, times));
        let arena = Arena::new();
        // a few are there before, so that nobody takes out what they have just put in
        let queue: Mutex<Vec<Token>> = Mutex::new((0..4).map(|number| arena.insert([number; 4]).park()).collect());
        let start = Barrier::new(threads as usize);
        let (mixed, lost, sum) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let work = |thread: usize| {
            start.wait();
            for time in 0..times {
                let number = thread as u64 * 1000 + time;
                let mut slot = arena.insert([0; 4]);
                mixed.fetch_add(u64::from(!alone(&mut slot, number)), Relaxed);
                let mine = slot.park();
                let other = queue.lock().map(|mut queue| (queue.push(mine), queue.swap_remove(0)).1);
                match other.ok().and_then(|token| arena.claim(token)) {
                    Some(slot) => sum.fetch_add(slot.into_inner()[3], Relaxed),
                    None => lost.fetch_add(1, Relaxed),
                };
            }
        };
        // again and again, since one may be done before another has woken up
        let panics: usize = (0..8).map(|_| t.beside(threads as usize, &work, &mut || {})).sum();
        t.observe("threads that panicked", &panics);
        t.observe("mixed up, lost", &(mixed.into_inner(), lost.into_inner()));
        let left = queue.into_inner().unwrap_or_default();
        let rest: u64 = left.iter().filter_map(|&token| arena.claim(token)).map(|slot| slot[3]).sum();
        t.observe("sum, size", &(sum.into_inner() + rest, left.len(), arena.len()));
    }

    /// A token that several threads ask for at once finds its value for one of them.
    fn one_of_many_claims(t: &mut Test) {
        let arena = Arena::new();
        let count = 200 + t.rng().below(200);
        let tokens: Vec<Token> = (0..count).map(|number| arena.insert([number; 4]).park()).collect();
        let (claims, sum) = (AtomicU64::new(0), AtomicU64::new(0));
        let start = Barrier::new(3);
        let work = |_| {
            start.wait();
            for &token in &tokens {
                if let Some(slot) = arena.claim(token) {
                    claims.fetch_add(1, Relaxed);
                    sum.fetch_add(slot.into_inner()[1], Relaxed);
                }
            }
        };
        let panics = t.beside(3, &work, &mut || {});
        t.observe("threads that panicked", &panics);
        t.observe("claims, sum, size", &(claims.into_inner(), sum.into_inner(), arena.len()));
    }

    /// A slot moves to another thread, is used there, and comes back or ends there.
    fn slots_travel(t: &mut Test) {
        let arena = Arena::new();
        for turn in 0..6 {
            let (word, stays) = (t.rng().below(1000), turn == 0 || t.rng().chance(1, 2));
            t.input("word, stays", &(word, stays));
            let mut slot = arena.insert([word; 4]);
            let back = thread::scope(|scope| {
                let other = scope.spawn(move || {
                    slot[2] += 1;
                    if stays { None } else { Some(slot) }
                });
                other.join().ok().flatten()
            });
            t.observe("back", &back.map(|slot| (slot[1], slot[2])));
            t.observe("size", &arena.len());
        }
    }

    /// Values may borrow, and need not be `Sync`.
    fn values_borrow(t: &mut Test) {
        let mut counters: Vec<u64> = (0..5).map(|_| t.rng().below(1000)).collect();
        let arena = Arena::new();
        let tokens: Vec<Token> =
            counters.iter_mut().map(|counter| arena.insert(std::cell::RefCell::new(counter)).park()).collect();
        t.beside(2, &|thread| {
            for &token in tokens.iter().skip(thread).step_by(2) {
                if let Some(slot) = arena.claim(token) {
                    **slot.borrow_mut() += 7;
                }
            }
        }, &mut || {});
        drop(arena);
        t.observe("counters", &counters);
    }
}
