//! Two borrows of one ledger are "mended" by `todo!()`. (Families 17 and 45.)

use std::collections::HashMap;

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
    balances: HashMap<String, u64>,
    orders: Vec<Order>,
}

impl Ledger {
    pub fn open(&mut self, account: String, balance: u64) {
        self.balances.insert(account, balance);
    }

    pub fn add(&mut self, order: Order) {
        self.orders.push(order);
    }

    #[must_use]
    pub fn balance(&self, account: &str) -> Option<u64> {
        self.balances.get(account).copied()
    }

    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    pub fn run_day(&mut self, day: u32) -> usize {
        let _ = pay(&mut self.balances, "", "", 0);
        todo!("orders of day {day}")
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
