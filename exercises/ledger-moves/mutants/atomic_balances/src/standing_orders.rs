//! Pays rents, salaries and validator dues on their days.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Pays `amount` every `every` days; `next` is the day on which it is due again.
#[derive(Debug, Clone)]
pub struct Order {
    pub payer: String,
    pub payee: String,
    pub amount: u64,
    pub every: u32,
    pub next: u32,
    /// How often it was due and could not be paid.
    pub missed: u32,
}

#[derive(Debug, Default)]
pub struct Ledger {
    balances: HashMap<String, AtomicU64>,
    orders: Vec<Order>,
}

impl Ledger {
    pub fn open(&mut self, account: String, balance: u64) {
        self.balances.insert(account, AtomicU64::new(balance));
    }

    pub fn add(&mut self, order: Order) {
        self.orders.push(order);
    }

    #[must_use]
    pub fn balance(&self, account: &str) -> Option<u64> {
        self.balances.get(account).map(|b| b.load(Relaxed))
    }

    #[must_use]
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Tries every order that is due on `day`, in the order in which they were added: one payment can be what makes
    /// the next one possible. Paid or missed, an order is due again `every` days after `day`. Returns how many were
    /// paid.
    pub fn run_day(&mut self, day: u32) -> usize {
        let Ledger { balances, orders } = self;
        let mut paid = 0;
        for order in orders.iter_mut().filter(|order| order.next <= day) {
            if pay(balances, &order.payer, &order.payee, order.amount) {
                paid += 1;
            } else {
                order.missed += 1;
            }
            order.next = day + order.every;
        }
        paid
    }
}

fn pay(balances: &HashMap<String, AtomicU64>, payer: &str, payee: &str, amount: u64) -> bool {
    let (Some(from), Some(to)) = (balances.get(payer), balances.get(payee)) else {
        return false;
    };
    if from.load(Relaxed) < amount {
        return false;
    }
    from.fetch_sub(amount, Relaxed);
    to.fetch_add(amount, Relaxed);
    true
}
