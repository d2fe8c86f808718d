//! A guard is used when its ledger is gone.
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
    let keys = keys();
    let guard;
    {
        let ledger = ledger();
        guard = ledger.try_lock(&keys); //~ E0597
    }
    guard.unwrap().commit().unwrap();
}
