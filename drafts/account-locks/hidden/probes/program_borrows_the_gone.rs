//! A program borrows what is gone when it runs.
#![allow(dead_code, unused_mut, unused_variables)]

use account_locks::{Keys, Ledger, Transaction};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

fn ledger() -> Ledger<u64> {
    Ledger::new(BTreeMap::from([(1, 5), (2, 5)]))
}

fn keys() -> Keys<u64> {
    Keys::new(vec![1], vec![2]).unwrap()
}

fn program(limit: &u64) -> account_locks::Program<'_, u64> {
    Box::new(move |held| Ok(held.set(&2, *limit)?))
}

fn main() {
    let ledger = ledger();
    let mut batch = Vec::new();
    {
        let limit = 5;
        batch.push(Transaction { keys: keys(), program: program(&limit) }); //~ E0597
    }
    ledger.execute(batch, NonZeroUsize::MIN);
}
