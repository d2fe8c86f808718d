//! The ledger gives its balances away while a guard is out.
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
    let balances = ledger.into_balances(); //~ E0505
    drop(guard);
}
