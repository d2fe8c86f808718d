//! Moves money between two accounts: both sides are booked, or neither is.

use std::collections::HashMap;

/// A balance in the smallest coin, and how often the account was on either side of a transfer.
#[derive(Debug, Default)]
pub struct Account {
    pub balance: u64,
    pub sent: u32,
    pub received: u32,
}

/// Why a transfer was not booked.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    UnknownAccount(u64),
    Short { missing: u64 },
}

#[derive(Debug, Default)]
pub struct Ledger {
    accounts: HashMap<u64, Account>,
}

impl Ledger {
    pub fn open(&mut self, id: u64, balance: u64) {
        self.accounts.insert(
            id,
            Account {
                balance,
                ..Account::default()
            },
        );
    }

    #[must_use]
    pub fn account(&self, id: u64) -> Option<&Account> {
        self.accounts.get(&id)
    }

    fn account_mut(&mut self, id: u64) -> Result<&mut Account, Refused> {
        self.accounts
            .get_mut(&id)
            .ok_or(Refused::UnknownAccount(id))
    }

    /// Books `amount` on both sides. An account may pay itself: that is booked as sent and as received, and its
    /// balance stays. The whole supply fits in a `u64`, so no balance overflows.
    ///
    /// # Errors
    ///
    /// An unknown payer is reported before an unknown payee, and that before a balance that is short. A transfer that
    /// is refused changes nothing.
    pub fn transfer(&mut self, payer: u64, payee: u64, amount: u64) -> Result<(), Refused> {
        if !self.accounts.contains_key(&payer) {
            return Err(Refused::UnknownAccount(payer));
        }
        if !self.accounts.contains_key(&payee) {
            return Err(Refused::UnknownAccount(payee));
        }
        let balance: u64 = self.accounts[&payer].balance;
        if balance < amount {
            return Err(Refused::Short { missing: amount - balance });
        }

        // one exclusive reference at a time: the first scope ends before the second begins
        {
            let source: &mut Account = self.account_mut(payer)?;
            source.balance -= amount;
            source.sent += 1;
        }
        {
            let target: &mut Account = self.account_mut(payee)?;
            target.balance += amount;
            target.received += 1;
        }
        return Ok(());
    }
}
