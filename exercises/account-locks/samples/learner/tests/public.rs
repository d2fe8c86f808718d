//! Examples, not the whole story: the brief has more rules than these.

use account_locks::{Keys, Ledger, NotDeclared, Outcome, Refused, Transaction};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

type Name = &'static str;

fn ledger() -> Ledger<Name> {
    Ledger::new(BTreeMap::from([("ann", 100), ("ben", 20), ("fees", 0)]))
}

fn keys(reads: &[Name], writes: &[Name]) -> Keys<Name> {
    Keys::new(reads.to_vec(), writes.to_vec()).expect("few accounts")
}

/// Moves what `from` has, up to `amount`, to another.
fn transfer(from: Name, to: Name, amount: u64) -> Transaction<'static, Name> {
    Transaction {
        keys: keys(&[], &[from, to]),
        program: Box::new(move |accounts| {
            let (source, target) = (accounts.get(&from)?, accounts.get(&to)?);
            let amount = amount.min(source);
            accounts.set(&from, source - amount)?;
            accounts.set(&to, target + amount)?;
            Ok(())
        }),
    }
}

#[test]
fn many_read_and_one_writes() {
    let (reads, writes) = (keys(&["ann"], &[]), keys(&[], &["ann"]));
    let ledger = ledger();
    let first = ledger.try_lock(&reads);
    let second = ledger.try_lock(&reads);
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(ledger.try_lock(&writes).err(), Some(Refused::InUse));
    drop((first, second));
    assert!(ledger.try_lock(&writes).is_ok());
}

#[test]
fn what_is_not_committed_was_never_there() {
    let keys = keys(&["fees"], &["ann", "ben"]);
    let ledger = ledger();
    let mut guard = ledger.try_lock(&keys).expect("nobody holds any");
    assert_eq!(guard.set(&"ann", 90), Ok(()));
    assert_eq!(guard.set(&"fees", 10), Err(NotDeclared));
    assert_eq!(guard.get(&"ann"), Ok(90));
    drop(guard);
    assert_eq!(ledger.into_balances()["ann"], 100);
}

#[test]
fn a_batch_is_as_if_one_after_the_other() {
    let ledger = ledger();
    let batch = vec![
        transfer("ann", "ben", 100),
        transfer("ben", "fees", 110),
        transfer("ann", "ben", 1),
    ];
    let workers = NonZeroUsize::new(2).expect("two");
    assert_eq!(ledger.execute(batch, workers), [Outcome::Committed; 3]);
    let after = BTreeMap::from([("ann", 0), ("ben", 10), ("fees", 110)]);
    assert_eq!(ledger.into_balances(), after);
}
