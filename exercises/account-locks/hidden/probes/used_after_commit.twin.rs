//! A guard is used before it is committed.
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
    let (ledger, keys) = (ledger(), keys());
    let mut guard = ledger.try_lock(&keys).unwrap();
    guard.set(&2, 5).unwrap();
    guard.commit().unwrap();
}
