//! A guard is used while its keys are there.
#![allow(dead_code, unused_mut, unused_variables)]

use account_locks::{Keys, Ledger};
use std::collections::BTreeMap;

fn ledger() -> Ledger<u64> {
    Ledger::new(BTreeMap::from([(1, 5), (2, 5)]))
}

fn keys() -> Keys<u64> {
    Keys::new(vec![1], vec![2]).unwrap()
}

fn main() {
    let ledger = ledger();
    let keys = keys();
    let guard;
    {
        guard = ledger.try_lock(&keys);
    }
    guard.unwrap().commit().unwrap();
}
