//! Keys, guards and batches, for choices that the seed makes. What threads do at the same time is in `threads.rs`.

use account_locks::{
    Failed, Guard, Keys, Ledger, NotDeclared, Outcome, Program, Refused, TooManyAccounts, Transaction, Unbalanced,
};
use assay::Test;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

// the API, pinned
const _: fn(Vec<String>, Vec<String>) -> Result<Keys<String>, TooManyAccounts> = Keys::new;
const _: fn(&Keys<String>) -> &[String] = Keys::reads;
const _: fn(&Keys<String>) -> &[String] = Keys::writes;
const _: fn(BTreeMap<String, u64>) -> Ledger<String> = Ledger::new;
const _: for<'l> fn(&'l Ledger<String>, &'l Keys<String>) -> Result<Guard<'l, String>, Refused> = Ledger::try_lock;
const _: fn(&Ledger<String>, Vec<Transaction<'static, String>>, NonZeroUsize) -> Vec<Outcome> = Ledger::execute;
const _: fn(Ledger<String>) -> BTreeMap<String, u64> = Ledger::into_balances;
const _: fn(&Guard<'static, String>, &String) -> Result<u64, NotDeclared> = Guard::get;
const _: fn(&mut Guard<'static, String>, &String, u64) -> Result<(), NotDeclared> = Guard::set;
const _: fn(Guard<'static, String>) -> Result<(), Unbalanced> = Guard::commit;

fn name_of(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Committed => "committed",
        Outcome::Failed => "failed",
        Outcome::Panicked => "panicked",
        Outcome::Unbalanced => "unbalanced",
        Outcome::NoAccount => "no account",
    }
}

fn names_of(outcomes: &[Outcome]) -> Vec<&'static str> {
    outcomes.iter().map(name_of).collect()
}

fn refusal<T>(result: &Result<T, Refused>) -> &'static str {
    match result {
        Ok(_) => "locked",
        Err(Refused::NoAccount) => "no account",
        Err(Refused::InUse) => "in use",
    }
}

fn workers(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

fn keys(reads: &[u64], writes: &[u64]) -> Keys<u64> {
    Keys::new(reads.to_vec(), writes.to_vec()).unwrap()
}

fn transaction<'p>(
    keys: Keys<u64>,
    program: impl FnOnce(&mut Guard<'_, u64>) -> Result<(), Failed> + Send + 'p,
) -> Transaction<'p, u64> {
    let program: Program<'p, u64> = Box::new(program);
    Transaction { keys, program }
}

/// Accounts 0 to `count`, with what the seed gives them.
fn balances(t: &mut Test, count: u64) -> BTreeMap<u64, u64> {
    (0..count).map(|account| (account, 100 + t.rng().below(900))).collect()
}

/// Some of the first `accounts`, with repetitions.
fn some(t: &mut Test, accounts: u64, most: usize) -> Vec<u64> {
    (0..t.rng().index(most + 1)).map(|_| t.rng().below(accounts)).collect()
}

/// Moves `share` hundredths of each account that is written to the next: another order gives another result.
fn shift(accounts: &mut Guard<'_, u64>, writes: &[u64], share: u64) -> Result<(), Failed> {
    for pair in writes.windows(2) {
        let (from, to) = (accounts.get(&pair[0])?, accounts.get(&pair[1])?);
        let moved = from * share / 100;
        accounts.set(&pair[0], from - moved)?;
        accounts.set(&pair[1], to + moved)?;
    }
    Ok(())
}

/// A path through random accounts: the keys, and the accounts in the order of the path.
fn path(t: &mut Test, accounts: u64, longest: usize) -> (Keys<u64>, Vec<u64>) {
    let mut all: Vec<u64> = (0..accounts).collect();
    t.rng().shuffle(&mut all);
    all.truncate(2 + t.rng().index(longest - 1));
    (keys(&[], &all), all)
}

/// What became of so many random transactions, and the order in which they ran.
fn order_of(t: &mut Test, ledger: &Ledger<u64>, size: usize, count: usize) -> (Vec<&'static str>, Vec<usize>) {
    let order = Mutex::new(Vec::new());
    let order = &order;
    let batch = (0..size)
        .map(|number| {
            let keys = keys(&some(t, 6, 3), &some(t, 6, 2));
            t.input("reads, writes", &(keys.reads(), keys.writes()));
            transaction(keys, move |_| {
                order.lock().unwrap().push(number);
                Ok(())
            })
        })
        .collect();
    let outcomes = names_of(&ledger.execute(batch, workers(count)));
    (outcomes, order.lock().unwrap().clone())
}

assay::tests! {
    /// Keys are sets: sorted, each account once, and what is read and written is written.
    fn keys_are_sets(t: &mut Test) {
        for _ in 0..20 {
            let (reads, writes) = (some(t, 12, 8), some(t, 12, 8));
            t.input("reads, writes", &(&reads, &writes));
            let keys = Keys::new(reads, writes);
            t.observe("keys", &keys.ok().map(|keys| (keys.reads().to_vec(), keys.writes().to_vec())));
        }
    }

    /// Many hold an account for reading or one for writing, until they let go; whoever is refused holds nothing.
    fn guards_hold_accounts(t: &mut Test) {
        let ledger = Ledger::new(balances(t, 6));
        let account = t.rng().below(6);
        t.input("account", &account);
        let (read, write) = (keys(&[account], &[]), keys(&[], &[account]));
        let mut readers: Vec<_> = (0..3).map(|_| ledger.try_lock(&read)).collect();
        while let Some(reader) = readers.pop() {
            t.observe("reads, another writes", &(refusal(&reader), refusal(&ledger.try_lock(&write))));
        }
        let writer = ledger.try_lock(&write);
        let others = [&read, &write].map(|keys| refusal(&ledger.try_lock(keys)));
        t.observe("writes, others", &(refusal(&writer), others));
        drop(writer);
        let all: Vec<_> = (0..40).map(|_| keys(&some(t, 6, 2), &some(t, 6, 1))).collect();
        let mut guards = Vec::new();
        for keys in &all {
            t.input("reads, writes", &(keys.reads(), keys.writes()));
            let locked = ledger.try_lock(keys);
            t.observe("locked", &refusal(&locked));
            guards.extend(locked);
            if !guards.is_empty() && t.rng().chance(1, 2) {
                let ended = t.rng().index(guards.len());
                t.input("ends", &ended);
                drop(guards.remove(ended));
            }
        }
    }

    /// What a guard sets it reads itself; others do once it was committed, and never if it was dropped.
    fn commits_count(t: &mut Test) {
        let ledger = Ledger::new(balances(t, 5));
        for _ in 0..12 {
            let (keys, writes) = path(t, 5, 4);
            let (share, commits) = (t.rng().below(100), t.rng().chance(1, 2));
            t.input("accounts, share, whether it commits", &(&writes, share, commits));
            let Ok(mut guard) = ledger.try_lock(&keys) else {
                t.observe("locked", &false);
                return;
            };
            t.observe("shifted", &shift(&mut guard, &writes, share).is_ok());
            let seen: Vec<_> = writes.iter().map(|account| guard.get(account).ok()).collect();
            t.observe("its own", &seen);
            if commits {
                t.observe("committed", &guard.commit().is_ok());
            }
        }
        t.observe("balances", &ledger.into_balances());
    }

    /// A batch gives what its transactions give one after the other, on however many workers.
    fn batches_are_serial(t: &mut Test) {
        let before = balances(t, 8);
        for _ in 0..6 {
            let ledger = Ledger::new(before.clone());
            let count = 1 + t.rng().index(4);
            let batch = (0..30)
                .map(|_| {
                    let (keys, writes) = path(t, 8, 3);
                    let share = t.rng().below(100);
                    transaction(keys, move |accounts| shift(accounts, &writes, share))
                })
                .collect();
            t.input("workers", &count);
            t.observe("outcomes", &names_of(&ledger.execute(batch, workers(count))));
            t.observe("balances", &ledger.into_balances());
        }
    }

    /// 64 different accounts can be named, however often, and no more.
    fn too_many_accounts(t: &mut Test) {
        let mut accounts = t.rng().ids(65);
        accounts.sort_unstable();
        let counted = |reads: Vec<u64>, writes: Vec<u64>| {
            let keys = Keys::new(reads, writes);
            keys.ok().map(|keys| (keys.reads().len(), keys.writes().len()))
        };
        let first = t.rng().index(64);
        t.input("accounts, read", &(&accounts, first));
        for count in [63, 64, 65] {
            let named = &accounts[..count];
            t.observe("read and written", &counted(named[..first].to_vec(), named[first..].to_vec()));
            t.observe("read", &counted(named.to_vec(), Vec::new()));
            t.observe("written", &counted(Vec::new(), named.to_vec()));
            t.observe("both", &counted(named.to_vec(), named.to_vec()));
            t.observe("twice", &counted([named, named].concat(), Vec::new()));
        }
        t.observe("none", &counted(Vec::new(), Vec::new()));
    }

    /// A guard gives and takes what was declared, and nothing else.
    fn only_what_is_declared(t: &mut Test) {
        let before = balances(t, 4);
        t.input("balances", &before);
        let ledger = Ledger::new(before);
        let declared = keys(&[0, 1], &[1, 2]);
        let Ok(mut guard) = ledger.try_lock(&declared) else {
            t.observe("locked", &false);
            return;
        };
        for account in 0..5 {
            let (balance, set) = (guard.get(&account).ok(), guard.set(&account, account).is_ok());
            t.observe("balance, set", &(balance, set));
            t.observe("afterwards", &guard.get(&account).ok());
        }
        drop(guard);
        let refused = ledger.execute(
            vec![transaction(keys(&[0, 1], &[1, 2]), |accounts| Ok(accounts.set(&0, 7)?))],
            workers(1),
        );
        t.observe("outcome", &names_of(&refused));
        t.observe("balances", &ledger.into_balances());
    }

    /// Nothing is made or lost: a guard that would change the sum sets nothing, and lets go.
    fn sums_hold(t: &mut Test) {
        let rest = t.rng().below(1000);
        let all = [0, 1, 2, 3];
        let settings: [(&str, &[(u64, u64)]); 8] = [
            ("moved", &[(0, u64::MAX - 1), (1, 2)]),
            ("one more", &[(0, u64::MAX), (1, 2)]),
            ("one less", &[(1, 0)]),
            ("wraps around", &[(0, 0), (1, 0)]),
            ("twice", &[(0, 5), (0, u64::MAX), (1, 1)]),
            ("there and back", &[(3, 9), (3, 0)]),
            ("all of it", &[(0, 1), (1, u64::MAX)]),
            ("nothing", &[]),
        ];
        for (what, settings) in settings {
            t.input("what", &what);
            let ledger = Ledger::new(BTreeMap::from([(0, u64::MAX), (1, 1), (2, rest), (3, 0)]));
            let keys = keys(&[], &all);
            let Ok(mut guard) = ledger.try_lock(&keys) else {
                t.observe("locked", &false);
                return;
            };
            for (account, balance) in settings {
                t.observe("set", &guard.set(account, *balance).is_ok());
            }
            t.observe("committed", &guard.commit().is_ok());
            let again = ledger.try_lock(&keys);
            t.observe("again", &refusal(&again));
            drop(again);
            let outcomes = ledger.execute(
                vec![transaction(keys, |accounts| {
                    settings.iter().try_for_each(|(account, balance)| accounts.set(account, *balance))?;
                    Ok(())
                })],
                workers(1),
            );
            t.observe("outcome", &names_of(&outcomes));
            t.observe("balances", &ledger.into_balances());
        }
    }

    /// A program that fails or panics leaves no trace and no lock, and the batch goes on.
    fn failures_leave_no_trace(t: &mut Test) {
        let before = balances(t, 5);
        let count = 1 + t.rng().index(3);
        t.input("balances, workers", &(&before, count));
        let ledger = Ledger::new(before);
        let batch = (0..24)
            .map(|_| {
                let (keys, writes) = path(t, 5, 3);
                let (share, end) = (t.rng().below(100), t.rng().below(4));
                t.input("accounts, share, end", &(&writes, share, end));
                transaction(keys, move |accounts| {
                    shift(accounts, &writes, share)?;
                    match end {
                        0 => Err(Failed),
                        1 => panic!("a program gives up"),
                        _ => Ok(()),
                    }
                })
            })
            .collect();
        t.observe("outcomes", &names_of(&ledger.execute(batch, workers(count))));
        let keys = keys(&[], &[0, 1, 2, 3, 4]);
        let ended = t.attempt(|| {
            let mut guard = ledger.try_lock(&keys).ok();
            if let Some(guard) = &mut guard {
                let _ = shift(guard, &[0, 1], 50);
            }
            panic!("whoever holds a guard gives up");
        });
        t.observe("ended", &ended.map(|_: ()| ()));
        t.observe("again", &refusal(&ledger.try_lock(&keys)));
        t.observe("balances", &ledger.into_balances());
    }

    /// Accounts that the ledger does not have are refused, before anything is locked or run.
    fn unknown_accounts(t: &mut Test) {
        let ledger = Ledger::new(balances(t, 4));
        let unknown = 4 + t.rng().below(1000);
        t.input("unknown", &unknown);
        let (held, free) = (keys(&[], &[0]), keys(&[], &[1, 2]));
        let guard = ledger.try_lock(&held);
        for (reads, writes) in [(vec![unknown], vec![1]), (vec![1], vec![2, unknown]), (vec![0], vec![unknown])] {
            t.observe("unknown", &refusal(&ledger.try_lock(&keys(&reads, &writes))));
        }
        t.observe("others", &refusal(&ledger.try_lock(&free)));
        drop(guard);
        let ran = AtomicUsize::new(0);
        let run = |reads: &[u64], writes: &[u64]| {
            let ran = &ran;
            transaction(keys(reads, writes), move |_| {
                ran.fetch_add(1, Relaxed);
                Ok(())
            })
        };
        let batch = vec![run(&[], &[0]), run(&[unknown], &[0]), run(&[0], &[]), run(&[], &[unknown]), run(&[], &[])];
        t.observe("outcomes", &names_of(&ledger.execute(batch, workers(2))));
        t.observe("ran", &ran.into_inner());
    }

    /// However many workers there may be: a batch of none or three, each transaction run once.
    fn any_number_of_workers(t: &mut Test) {
        let ledger = Ledger::new(balances(t, 6));
        for count in [1, 3, usize::MAX, usize::MAX / 3] {
            t.input("workers", &count);
            t.observe("of none", &names_of(&ledger.execute(Vec::new(), workers(count))));
            let (outcomes, mut order) = order_of(t, &ledger, 3, count);
            order.sort_unstable();
            t.observe("outcomes, run", &(outcomes, order));
        }
    }

    /// Of those that can begin, the first of the batch does: one worker takes it in its order.
    fn the_first_goes_first(t: &mut Test) {
        let ledger = Ledger::new(balances(t, 6));
        let ran = order_of(t, &ledger, 25, 1);
        t.observe("outcomes, order", &ran);
    }

    /// Locking, reading and letting go allocate nothing.
    fn locking_costs(t: &mut Test) {
        let ledger = Ledger::new(balances(t, 100));
        let all: Vec<_> = (0..50).map(|_| keys(&some(t, 100, 20), &some(t, 100, 20))).collect();
        let read = |times: usize| {
            let mut sum = 0;
            for keys in all.iter().cycle().take(times) {
                if let Ok(guard) = ledger.try_lock(keys) {
                    let accounts = keys.reads().iter().chain(keys.writes());
                    sum += accounts.filter_map(|account| guard.get(account).ok()).sum::<u64>();
                }
            }
            sum
        };
        t.observe("sum, warm", &read(50));
        let sum = t.count("lock_allocations", || read(1000));
        t.observe("sum", &sum);
    }

    /// One account that everybody wants: the batch costs what its transactions cost.
    fn hot_accounts(t: &mut Test) {
        let ledger = Ledger::new(BTreeMap::from([(0, 1_000_000), (1, 0), (2, 0)]));
        let ran = AtomicUsize::new(0);
        let ran = &ran;
        let batch = (0..20_000)
            .map(|number| {
                let writes: &[u64] = if number / 4000 % 2 == 0 || t.rng().chance(1, 4000) { &[0, 1] } else { &[] };
                let reads: &[u64] = if number % 3 == 0 { &[0, 2] } else { &[0] };
                transaction(keys(reads, writes), move |accounts| {
                    ran.fetch_add(1, Relaxed);
                    if accounts.get(&0)? % 2 == 1 || number % 3 > 0 {
                        return Ok(());
                    }
                    shift(accounts, &[0, 1], 1).or(Ok(()))
                })
            })
            .collect();
        let outcomes = ledger.execute(batch, workers(2));
        let committed = outcomes.iter().filter(|outcome| **outcome == Outcome::Committed).count();
        t.observe("committed, ran", &(committed, ran.load(Relaxed)));
        t.observe("balances", &ledger.into_balances());
    }

    /// A ledger of many accounts: a transaction costs what it touches.
    fn large_ledgers(t: &mut Test) {
        let before = balances(t, 10_000);
        let total: u64 = before.values().sum();
        let ledger = Ledger::new(before);
        let batch = (0..2000)
            .map(|number| {
                let (from, to) = (t.rng().below(10_000), number);
                transaction(keys(&[], &[from, to]), move |accounts| {
                    if from != to {
                        shift(accounts, &[from, to], 10)?;
                    }
                    if number % 7 == 0 { Err(Failed) } else { Ok(()) }
                })
            })
            .collect();
        let outcomes = ledger.execute(batch, workers(2));
        let failed = outcomes.iter().filter(|outcome| **outcome == Outcome::Failed).count();
        let after = ledger.into_balances();
        let mixed = after.values().fold(0, |mixed: u64, balance| mixed.wrapping_mul(31) ^ balance);
        t.observe("failed, total held, balances", &(failed, after.values().sum::<u64>() == total, mixed));
    }
}
