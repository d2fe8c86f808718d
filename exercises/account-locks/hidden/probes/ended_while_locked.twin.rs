//! The ledger gives its balances away when the guard is gone.
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
    let guard = ledger.try_lock(&keys).unwrap();
    drop(guard);
    let balances = ledger.into_balances();
}
