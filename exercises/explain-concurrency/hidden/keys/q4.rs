//! Moves an amount from one account of an exchange to another.

use std::sync::Mutex;

pub struct Account {
    pub balance: Mutex<u64>,
}

pub fn transfer(from: &Account, to: &Account, amount: u64) -> bool {
    let Ok(mut source) = from.balance.lock() else {
        return false;
    };
    let Ok(mut target) = to.balance.lock() else {
        return false;
    };
    if *source < amount {
        return false;
    }
    *source -= amount;
    *target += amount;
    true
}
