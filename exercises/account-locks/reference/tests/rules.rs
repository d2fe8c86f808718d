//! The rules of the brief, one by one, and batches beside a slow and obvious model.

use account_locks::{
    Failed, Guard, Keys, Ledger, MAX_ACCOUNTS, NotDeclared, Outcome, Refused, TooManyAccounts,
    Transaction, Unbalanced,
};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Barrier, mpsc};
use std::thread;

const MANY: NonZeroUsize = NonZeroUsize::MAX;

fn keys(reads: &[u64], writes: &[u64]) -> Keys<u64> {
    Keys::new(reads.to_vec(), writes.to_vec()).expect("few accounts")
}

fn ledger(accounts: u64) -> Ledger<u64> {
    Ledger::new((0..accounts).map(|account| (account, 100)).collect())
}

fn transaction<'p>(
    keys: Keys<u64>,
    program: impl FnOnce(&mut Guard<'_, u64>) -> Result<(), Failed> + Send + 'p,
) -> Transaction<'p, u64> {
    let program = Box::new(program);
    Transaction { keys, program }
}

/// Moves half of what `from` has.
fn halve(held: &mut Guard<'_, u64>, from: u64, to: u64) -> Result<(), Failed> {
    let (source, target) = (held.get(&from)?, held.get(&to)?);
    held.set(&from, source - source / 2)?;
    held.set(&to, target + source / 2)?;
    Ok(())
}

#[test]
fn keys_are_sets_of_64() {
    let both = keys(&[3, 1, 3, 2], &[2, 2, 0]);
    assert_eq!((both.reads(), both.writes()), (&[1, 3][..], &[0, 2][..]));
    let named = |count: u64| Keys::new((0..count).collect(), (0..count).collect()).map(drop);
    assert_eq!(named(MAX_ACCOUNTS as u64), Ok(()));
    assert_eq!(named(MAX_ACCOUNTS as u64 + 1), Err(TooManyAccounts));
}

#[test]
fn all_or_nothing() {
    let (ledger, held, wide, free) = (
        ledger(4),
        keys(&[], &[2]),
        keys(&[2], &[1]),
        keys(&[], &[1]),
    );
    let guard = ledger.try_lock(&held);
    assert_eq!(ledger.try_lock(&wide).err(), Some(Refused::InUse));
    assert!(ledger.try_lock(&free).is_ok());
    drop(guard);
    assert!(ledger.try_lock(&wide).is_ok());
    assert_eq!(
        ledger.try_lock(&keys(&[9], &[1])).err(),
        Some(Refused::NoAccount)
    );
}

#[test]
fn sums_do_not_wrap() {
    let ledger = Ledger::new(BTreeMap::from([(0, u64::MAX), (1, 1)]));
    let both = keys(&[], &[0, 1]);
    let mut guard = ledger.try_lock(&both).expect("free");
    assert_eq!((guard.set(&0, 0), guard.set(&1, 0)), (Ok(()), Ok(())));
    assert_eq!(guard.commit(), Err(Unbalanced));
    assert_eq!(
        ledger.into_balances(),
        BTreeMap::from([(0, u64::MAX), (1, 1)])
    );
}

#[test]
fn what_ends_badly_leaves_no_trace() {
    let ledger = ledger(3);
    let batch = vec![
        transaction(keys(&[], &[0, 1]), |held| {
            halve(held, 0, 1).and(Err(Failed))
        }),
        transaction(keys(&[], &[0, 1]), |held| {
            halve(held, 0, 1)?;
            panic!("on purpose")
        }),
        transaction(keys(&[], &[0]), |held| Ok(held.set(&0, 1)?)),
        transaction(keys(&[0], &[]), |held| {
            assert_eq!(held.set(&0, 1), Err(NotDeclared));
            Err(Failed)
        }),
        transaction(keys(&[7], &[0]), |_| Ok(())),
        transaction(keys(&[], &[0, 1]), |held| halve(held, 0, 1)),
    ];
    let outcomes = ledger.execute(batch, MANY);
    use Outcome::{Committed, NoAccount, Panicked, Unbalanced};
    assert_eq!(
        outcomes,
        [
            Outcome::Failed,
            Panicked,
            Unbalanced,
            Outcome::Failed,
            NoAccount,
            Committed
        ]
    );
    assert_eq!(
        ledger.into_balances(),
        BTreeMap::from([(0, 50), (1, 150), (2, 100)])
    );
}

#[test]
fn strangers_run_at_once_and_the_blocked_are_passed() {
    let ledger = ledger(3);
    let barrier = Barrier::new(2);
    let meet = |_: &mut Guard<'_, u64>| {
        barrier.wait();
        Ok(())
    };
    let batch = vec![
        transaction(keys(&[], &[0]), meet),
        transaction(keys(&[0], &[1]), |_| Ok(())),
        transaction(keys(&[], &[2]), meet),
    ];
    let workers = NonZeroUsize::new(2).expect("two");
    assert_eq!(ledger.execute(batch, workers), [Outcome::Committed; 3]);
}

#[test]
fn guards_outside_are_waited_for() {
    let (ledger, held) = (ledger(2), keys(&[], &[0]));
    let (sender, passed) = mpsc::channel();
    let guard = ledger.try_lock(&held);
    let batch = vec![
        transaction(keys(&[0], &[]), |_| Ok(())),
        transaction(keys(&[1], &[]), move |_| {
            sender.send(()).map_err(|_| Failed)
        }),
    ];
    let outcomes = thread::scope(|scope| {
        let running = scope.spawn(|| ledger.execute(batch, NonZeroUsize::MIN));
        passed.recv().expect("the second is run");
        drop(guard);
        running.join().expect("no panic")
    });
    assert_eq!(outcomes, [Outcome::Committed; 2]);
}

#[test]
fn batches_are_serial() {
    let moves: Vec<(u64, u64)> = (0..500)
        .map(|number: u64| (number * 7 % 11, number * number % 11))
        .filter(|(from, to)| from != to)
        .collect();
    let mut model: BTreeMap<u64, u64> = (0..11).map(|account| (account, 100)).collect();
    for (from, to) in &moves {
        let half = model[from] / 2;
        *model.entry(*from).or_default() -= half;
        *model.entry(*to).or_default() += half;
    }
    for workers in 1..5 {
        let ledger = ledger(11);
        let run =
            |&(from, to)| transaction(keys(&[], &[to, from]), move |held| halve(held, from, to));
        let workers = NonZeroUsize::new(workers).expect("one at least");
        ledger.execute(moves.iter().map(run).collect(), workers);
        assert_eq!(ledger.into_balances(), model);
    }
}
