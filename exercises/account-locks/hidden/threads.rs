//! What may happen at the same time, what may not, and in which order.

use account_locks::{Failed, Guard, Keys, Ledger, Outcome, Refused, Transaction};
use assay::{Test, Value};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

fn workers(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

fn keys(reads: &[u64], writes: &[u64]) -> Keys<u64> {
    Keys::new(reads.to_vec(), writes.to_vec()).unwrap()
}

fn transaction<'p, A: account_locks::Address>(
    keys: Keys<A>,
    program: impl FnOnce(&mut Guard<'_, A>) -> Result<(), Failed> + Send + 'p,
) -> Transaction<'p, A> {
    Transaction { keys, program: Box::new(program) }
}

fn committed(outcomes: &[Outcome]) -> Vec<bool> {
    outcomes.iter().map(|outcome| *outcome == Outcome::Committed).collect()
}

fn is_in_use<T>(result: &Result<T, Refused>) -> bool {
    matches!(result, Err(Refused::InUse))
}

/// Waits until it is so, and tells whether it came to be. That takes a right solution no time.
fn comes_to_be(it: impl Fn() -> bool) -> bool {
    let until = Instant::now() + Duration::from_millis(1200);
    while !it() {
        if Instant::now() > until {
            return false;
        }
        thread::sleep(Duration::from_micros(20));
    }
    true
}

/// Programs that run at the same time see each other.
#[derive(Default)]
struct Meeting {
    here: AtomicUsize,
    missed: AtomicBool,
}

impl Meeting {
    fn attend(&self, members: usize) {
        self.here.fetch_add(1, SeqCst);
        if !comes_to_be(|| self.here.load(SeqCst) >= members || self.missed.load(SeqCst)) {
            self.missed.store(true, SeqCst);
        }
    }

    fn was_held(&self) -> bool {
        !self.missed.load(SeqCst)
    }
}

/// Who holds an account, as far as its holders say.
#[derive(Default)]
struct Holders {
    readers: AtomicUsize,
    writers: AtomicUsize,
}

impl Holders {
    /// Whether an account was held as it may not be, at the beginning or the end of `body`.
    fn hold(&self, writes: bool, body: impl FnOnce()) -> bool {
        let mine = if writes { &self.writers } else { &self.readers };
        mine.fetch_add(1, SeqCst);
        let before = self.is_wrong();
        body();
        let after = self.is_wrong();
        mine.fetch_sub(1, SeqCst);
        before || after
    }

    fn is_wrong(&self) -> bool {
        let writers = self.writers.load(SeqCst);
        writers > 1 || writers == 1 && self.readers.load(SeqCst) > 0
    }
}

/// So many different accounts of four, or up to `more` more, in any order.
fn accounts(t: &mut Test, least: usize, more: usize) -> Vec<u64> {
    let mut all = vec![0, 1, 2, 3];
    t.rng().shuffle(&mut all);
    all.truncate(least + t.rng().index(more + 1));
    all
}

assay::tests! {
    /// Transactions that name different accounts run at the same time, and so do those that only read.
    fn strangers_meet(t: &mut Test) {
        let count = 2 + t.rng().index(3);
        let members = 2 * count;
        t.input("members", &members);
        let ledger = Ledger::new((0..=10).map(|account| (account, 5)).collect());
        let meeting = Meeting::default();
        let meeting = &meeting;
        let batch = (0..members as u64)
            .map(|number| {
                let keys = if number < count as u64 { keys(&[10], &[]) } else { keys(&[], &[number]) };
                transaction(keys, move |_| {
                    meeting.attend(members);
                    Ok(())
                })
            })
            .collect();
        t.observe("committed", &committed(&ledger.execute(batch, workers(members))));
        t.observe("met", &meeting.was_held());
    }

    /// No more programs run at the same time than there are workers.
    fn no_more_than_workers(t: &mut Test) {
        let count = 1 + t.rng().index(2);
        t.input("workers", &count);
        let ledger = Ledger::new((0..12).map(|account| (account, 5)).collect());
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (running, most) = (&running, &most);
        let batch = (0..12)
            .map(|number| {
                transaction(keys(&[], &[number]), move |_| {
                    most.fetch_max(running.fetch_add(1, SeqCst) + 1, SeqCst);
                    // the first two leave one too many the time to come, on a busy machine too
                    for _ in 0..if number < 2 { 200 } else { 1 } {
                        if most.load(SeqCst) > count {
                            break;
                        }
                        thread::sleep(Duration::from_micros(200));
                    }
                    running.fetch_sub(1, SeqCst);
                    Ok(())
                })
            })
            .collect();
        t.observe("committed", &committed(&ledger.execute(batch, workers(count))));
        t.observe("too many", &(most.load(SeqCst) > count));
    }

    /// Threads that try at once: an account is held by readers or by one writer, never by both.
    fn one_writes(t: &mut Test) {
        t.schedules(12, &mut |t, s| {
            let ledger = Ledger::new((0..4).map(|number| (s.value(number), 10)).collect());
            let write = |number: usize| number == 0 || number == 2;
            let all: Vec<Keys<Value>> = (0..3)
                .map(|number| {
                    let named = vec![s.value(1), s.value(3)];
                    let keys = if write(number) { Keys::new(vec![], named) } else { Keys::new(named, vec![]) };
                    keys.unwrap()
                })
                .collect();
            let (holders, wrong) = (Holders::default(), AtomicBool::new(false));
            let panicked = s.run(3, &|number| {
                for _ in 0..6 {
                    if let Ok(guard) = ledger.try_lock(&all[number]) {
                        if holders.hold(write(number), || s.point()) {
                            wrong.store(true, SeqCst);
                        }
                        drop(guard);
                    }
                }
            });
            t.observe("panicked, wrong", &(panicked, wrong.into_inner()));
            t.observe("free at the end", &ledger.try_lock(&all[0]).is_ok());
        });
    }

    /// Who is refused has held nothing meanwhile: nobody else is refused for it.
    fn refused_at_once(t: &mut Test) {
        t.schedules(12, &mut |t, s| {
            let ledger = Ledger::new((0..3).map(|number| (s.value(number), 10)).collect());
            let [held, greedy, modest] = [vec![2], vec![0, 1, 2], vec![0, 1]]
                .map(|named| Keys::new(vec![], named.into_iter().map(|number| s.value(number)).collect()).unwrap());
            let guard = ledger.try_lock(&held);
            let refused = [AtomicUsize::new(0), AtomicUsize::new(0)];
            let panicked = s.run(2, &|number| {
                let keys = [&greedy, &modest][number];
                for _ in 0..6 {
                    let locked = ledger.try_lock(keys);
                    refused[number].fetch_add(usize::from(is_in_use(&locked)), SeqCst);
                    s.point();
                }
            });
            drop(guard);
            t.observe("panicked, refused", &(panicked, refused.map(AtomicUsize::into_inner)));
        });
    }

    /// A guard goes to another thread, writes there and lets go there.
    fn guards_travel(t: &mut Test) {
        let before: Vec<u64> = (0..2).map(|_| 10 + t.rng().below(90)).collect();
        t.input("balances", &before);
        let ledger = Ledger::new(before.iter().copied().zip(0..).map(|(balance, account)| (account, balance)).collect());
        let keys = keys(&[], &[0, 1]);
        thread::scope(|scope| {
            if let Ok(mut guard) = ledger.try_lock(&keys) {
                scope.spawn(move || {
                    let set = guard.set(&0, 0).and(guard.set(&1, before[0] + before[1]));
                    set.is_ok() && guard.commit().is_ok()
                });
            }
        });
        t.observe("free", &ledger.try_lock(&keys).is_ok());
        t.observe("balances", &ledger.into_balances());
    }

    /// A program holds what it declared, as it declared it, and may use the ledger like anyone.
    fn programs_use_the_ledger(t: &mut Test) {
        let ledger = Ledger::new((0..5).map(|account| (account, 5)).collect());
        let ledger = &ledger;
        let tries = [keys(&[0], &[]), keys(&[], &[0]), keys(&[1], &[]), keys(&[], &[1]), keys(&[2], &[3])];
        let (seen, inner) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let batch = vec![transaction(keys(&[0], &[1]), |_| {
            *seen.lock().unwrap() = tries.iter().map(|keys| ledger.try_lock(keys).is_ok()).collect();
            let nested = vec![transaction(keys(&[0], &[4]), |_| Ok(())), transaction(keys(&[], &[4, 3]), |_| Ok(()))];
            *inner.lock().unwrap() = committed(&ledger.execute(nested, workers(2)));
            Ok(())
        })];
        t.observe("committed", &committed(&ledger.execute(batch, workers(2))));
        t.observe("locked", &seen.into_inner().unwrap());
        t.observe("committed within", &inner.into_inner().unwrap());
        t.observe("afterwards", &tries.each_ref().map(|keys| ledger.try_lock(keys).is_ok()));
    }

    /// Batches whose programs are interrupted: each sees what those before it in the batch have left, and no other.
    fn order_holds(t: &mut Test) {
        let plans: Vec<Vec<(Vec<u64>, Vec<u64>)>> = (0..2)
            .map(|_| (0..9).map(|_| (accounts(t, 0, 2), if t.rng().chance(1, 2) { accounts(t, 2, 1) } else { vec![] })).collect())
            .collect();
        t.input("reads, writes", &plans);
        t.schedules(10, &mut |t, s| {
            let logs = [(); 2].map(|()| Mutex::new(BTreeMap::new()));
            let panicked = s.run(2, &|which| {
                let log = &logs[which];
                let ledger = Ledger::new((0..4).map(|account| (account, 1 << (8 * account))).collect());
                let batch = plans[which]
                    .iter()
                    .zip(1u64..)
                    .map(|((reads, writes), number)| {
                        transaction(keys(reads, writes), move |held| {
                            let see = |held: &Guard<'_, u64>| -> Vec<_> {
                                reads.iter().chain(writes).map(|account| held.get(account).ok()).collect()
                            };
                            let before = see(held);
                            s.point();
                            if let [from, to, ..] = writes[..] {
                                let (source, target) = (held.get(&from)?, held.get(&to)?);
                                held.set(&from, source / 2)?;
                                s.point();
                                held.set(&to, target + source - source / 2)?;
                            }
                            log.lock().unwrap().insert(number, (before, see(held)));
                            Ok(())
                        })
                    })
                    .collect();
                ledger.execute(batch, workers(3));
            });
            t.observe("panicked", &panicked);
            t.observe("logs", &logs.map(|log| log.into_inner().unwrap()));
        });
    }

    /// Two batches at once on one ledger: nothing is lost, none sees another's half, and both come to their end.
    fn batches_share_a_ledger(t: &mut Test) {
        let plans: Vec<Vec<Vec<u64>>> = (0..2).map(|_| (0..12).map(|_| accounts(t, 2, 2)).collect()).collect();
        t.input("writes", &plans);
        t.schedules(8, &mut |t, s| {
            let ledger = Ledger::new((0..4).map(|number| (s.value(number), 100)).collect());
            let failed = AtomicUsize::new(0);
            let panicked = s.run(2, &|which| {
                let batch = plans[which]
                    .iter()
                    .map(|named| {
                        let named: Vec<Value> = named.iter().map(|number| s.value(*number)).collect();
                        let path: Vec<Value> = named.iter().map(|value| s.value(value.number())).collect();
                        transaction(Keys::new(vec![], named).unwrap(), move |held| {
                            let (from, to) = (&path[0], &path[1]);
                            let (source, target) = (held.get(from)?, held.get(to)?);
                            s.point();
                            held.set(from, source - 1)?;
                            held.set(to, target + 1)?;
                            Ok(())
                        })
                    })
                    .collect();
                let outcomes = ledger.execute(batch, workers(2));
                failed.fetch_add(committed(&outcomes).iter().filter(|ok| !**ok).count(), SeqCst);
            });
            t.observe("panicked, failed", &(panicked, failed.into_inner()));
            let after: Vec<u64> = ledger.into_balances().into_values().collect();
            t.observe("balances", &after);
        });
    }

    /// No worker waits behind a transaction that cannot run while another can.
    fn the_blocked_are_passed(t: &mut Test) {
        let ledger = Ledger::new((0..4).map(|account| (account, 5)).collect());
        let blocked = 1 + t.rng().index(4);
        t.input("blocked", &blocked);
        let meeting = Meeting::default();
        let meeting = &meeting;
        let mut batch = vec![transaction(keys(&[], &[0]), |_| {
            meeting.attend(2);
            Ok(())
        })];
        batch.extend((0..blocked).map(|_| transaction(keys(&[], &[0, 1]), |_| Ok(()))));
        batch.push(transaction(keys(&[], &[2]), |_| Ok(())));
        batch.push(transaction(keys(&[], &[2, 3]), |_| {
            meeting.attend(2);
            Ok(())
        }));
        t.observe("committed", &committed(&ledger.execute(batch, workers(2))));
        t.observe("met", &meeting.was_held());
    }

    /// One that waits for an account is not overtaken by a later one that conflicts with it, be it to read.
    fn nobody_jumps_the_queue(t: &mut Test) {
        let ledger = Ledger::new((0..4).map(|account| (account, 5)).collect());
        let (first, shared) = (t.rng().below(2), 2 + t.rng().below(2));
        t.input("the first account, the one that the later two share", &(first, shared));
        for (waiter, later) in [
            (keys(&[], &[first, shared]), keys(&[shared], &[])),
            (keys(&[], &[first, shared]), keys(&[], &[shared])),
            (keys(&[shared], &[first]), keys(&[], &[shared])),
        ] {
            let order = Mutex::new(Vec::new());
            let begins = |number: u64, takes: u64| {
                order.lock().unwrap().push(number);
                thread::sleep(Duration::from_millis(takes));
                Ok(())
            };
            let begins = &begins;
            let batch = vec![
                transaction(keys(&[first], &[]), move |_| begins(0, 4)),
                transaction(waiter, move |_| begins(1, 1)),
                transaction(later, move |_| begins(2, 0)),
            ];
            t.observe("committed", &committed(&ledger.execute(batch, workers(3))));
            t.observe("order", &order.into_inner().unwrap());
        }
    }

    /// Whoever holds an account from outside keeps a transaction waiting, and nobody else.
    fn guards_outside_are_waited_for(t: &mut Test) {
        let count = 1 + t.rng().index(2);
        t.input("workers", &count);
        let ledger = Ledger::new((0..3).map(|account| (account, 5)).collect());
        let (held, ran) = (keys(&[], &[0]), Mutex::new(Vec::new()));
        let runs = |number: u64| ran.lock().unwrap().push(number);
        let runs = &runs;
        let guard = ledger.try_lock(&held);
        let waiter = |number: u64, keys| {
            transaction(keys, move |_| {
                runs(number);
                Ok(())
            })
        };
        let batch = vec![
            waiter(0, keys(&[0], &[])),
            waiter(1, keys(&[], &[0, 1])),
            waiter(2, keys(&[], &[2])),
            waiter(3, keys(&[2], &[1])),
            waiter(4, keys(&[2], &[])),
        ];
        let outcomes = thread::scope(|scope| {
            let running = scope.spawn(|| ledger.execute(batch, workers(count)));
            let passed = comes_to_be(|| ran.lock().unwrap().len() > 1);
            let mut before = ran.lock().unwrap().clone();
            before.sort_unstable();
            t.observe("passed, ran before", &(passed, before));
            drop(guard);
            running.join().map(|outcomes| committed(&outcomes)).ok()
        });
        t.observe("committed", &outcomes);
        let mut ran = ran.into_inner().unwrap();
        ran.sort_unstable();
        t.observe("ran", &ran);
    }
}
