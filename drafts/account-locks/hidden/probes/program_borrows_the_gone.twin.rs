//! A program borrows what is there when it runs.
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
    let limit = 5;
    let mut batch = Vec::new();
    {
        batch.push(Transaction { keys: keys(), program: program(&limit) });
    }
    ledger.execute(batch, NonZeroUsize::MIN);
}
