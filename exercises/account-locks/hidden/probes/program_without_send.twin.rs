//! A program takes to another thread what may go there.
#![allow(dead_code, unused_mut, unused_variables)]

use account_locks::{Keys, Ledger, Transaction};
use std::collections::BTreeMap;
use std::sync::Arc;

fn ledger() -> Ledger<u64> {
    Ledger::new(BTreeMap::from([(1, 5), (2, 5)]))
}

fn keys() -> Keys<u64> {
    Keys::new(vec![1], vec![2]).unwrap()
}

fn main() {
    let limit = Arc::new(5);
    let transaction = Transaction {
        keys: keys(),
        program: Box::new(move |held| Ok(held.set(&2, *limit)?)),
    };
}
