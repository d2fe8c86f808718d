//! Pays rents, salaries and validator dues on their days.

use std::collections::HashMap;

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

    /// Tries every order that is due on `day`, in the order in which they were added: one payment can be what makes
    /// the next one possible. Paid or missed, an order is due again `every` days after `day`. Returns how many were
    /// paid.
    pub fn run_day(&mut self, day: u32) -> usize {
        let mut count: usize = 0;
        for i in 0..self.orders.len() {
            let order: &mut Order = &mut self.orders[i];
            if order.next > day {
                continue;
            }
            order.next = day + order.every;
            if pay(&mut self.balances, order) == true {
                count += 1;
            } else {
                order.missed += 1;
            }
        }
        return count;
    }
}

/// Pays if both accounts exist and the payer has the money.
fn pay(balances: &mut HashMap<String, u64>, order: &Order) -> bool {
    if !balances.contains_key(&order.payee) {
        return false;
    }
    let Some(left) = balances
        .get_mut(&order.payer)
        .filter(|balance| **balance >= order.amount)
    else {
        return false;
    };
    *left -= order.amount;
    if let Some(balance) = balances.get_mut(&order.payee) {
        *balance += order.amount;
    }
    true
}
