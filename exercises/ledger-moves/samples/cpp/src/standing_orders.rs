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
        let mut paid: usize = 0;
        for place in 0..self.orders.len() {
            // a pointer to the balances and one to the order: two members, so they do not overlap
            let balances: &mut HashMap<String, u64> = &mut self.balances;
            let order: &mut Order = &mut self.orders[place];
            if order.next > day {
                continue;
            }
            if pay(balances, &order.payer, &order.payee, order.amount) == true {
                paid += 1;
            } else {
                order.missed += 1;
            }
            order.next = day + order.every;
        }
        return paid;
    }
}

/// Pays if both accounts exist and the payer has the money.
fn pay(balances: &mut HashMap<String, u64>, payer: &String, payee: &String, amount: u64) -> bool {
    if !balances.contains_key(payer) || !balances.contains_key(payee) || balances[payer] < amount {
        return false;
    }
    *balances.get_mut(payer).unwrap() -= amount;
    *balances.get_mut(payee).unwrap() += amount;
    return true;
}
