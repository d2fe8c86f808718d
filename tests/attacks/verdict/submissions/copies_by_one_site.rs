//! Orders are run on copies of them all, through one helper: many copies, one place in the text. What is counted are places; the copies
//! themselves show in the allocations. (Family 45.)

use std::collections::HashMap;

#[derive(Debug, Clone)]
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
        let mut paid = 0;
        for at in 0..self.orders.len() {
            let mut order = copy(&self.orders[at]);
            if order.next > day {
                continue;
            }
            if pay(&mut self.balances, &order.payer, &order.payee, order.amount) {
                paid += 1;
            } else {
                order.missed += 1;
            }
            order.next = day + order.every;
            self.orders[at] = copy(&order);
        }
        paid
    }
}

fn copy<T: Clone>(one: &T) -> T {
    one.clone()
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
