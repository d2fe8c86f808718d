//! Two borrows of one ledger are "mended" by a lock around the balances: interior mutability by a name that is not among those
//! counted. (Family 45.)

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

#[derive(Debug)]
pub struct Order {
    pub payer: String,
    pub payee: String,
    pub amount: u64,
    pub every: u32,
    pub next: u32,
    pub missed: u32,
}

#[derive(Debug, Default)]
pub struct Ledger {
    balances: Mutex<HashMap<String, u64>>,
    orders: Vec<Order>,
}

impl Ledger {
    pub fn open(&mut self, account: String, balance: u64) {
        self.balances
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(account, balance);
    }

    pub fn add(&mut self, order: Order) {
        self.orders.push(order);
    }

    #[must_use]
    pub fn balance(&self, account: &str) -> Option<u64> {
        self.balances
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(account)
            .copied()
    }

    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    pub fn run_day(&mut self, day: u32) -> usize {
        let mut paid = 0;
        for order in self.orders.iter_mut().filter(|order| order.next <= day) {
            if pay(
                &mut self.balances.lock().unwrap_or_else(PoisonError::into_inner),
                &order.payer,
                &order.payee,
                order.amount,
            ) {
                paid += 1;
            } else {
                order.missed += 1;
            }
            order.next = day + order.every;
        }
        paid
    }
}

fn pay(balances: &mut HashMap<String, u64>, payer: &str, payee: &str, amount: u64) -> bool {
    if !balances.contains_key(payee) {
        return false;
    }
    match balances.get_mut(payer) {
        Some(balance) if *balance >= amount => *balance -= amount,
        _ => return false,
    }
    if let Some(balance) = balances.get_mut(payee) {
        *balance += amount;
    }
    true
}
