use crate::{Address, Keys, NotDeclared, Outcome, Refused, Transaction, Unbalanced, batch};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Accounts with their balances. Threads share it by reference.
///
/// One short lock guards who holds what, and the balances. It is never held while a program runs.
pub struct Ledger<A> {
    table: Mutex<Table<A>>,
    released: Condvar,
}

struct Table<A> {
    accounts: HashMap<A, Account>,
    /// How often a guard has let go of its accounts.
    releases: u64,
}

struct Account {
    balance: u64,
    held: Held,
}

#[derive(Clone, Copy)]
enum Held {
    /// By so many who read; by none, it is free.
    ForReading(usize),
    ForWriting,
}

/// Accounts that are locked, for as long as this lives.
///
/// What is set is kept aside until [`commit`](Guard::commit); dropping the guard, in a panic too, forgets it.
#[must_use = "the accounts are free again once the guard is dropped"]
pub struct Guard<'l, A: Address> {
    ledger: &'l Ledger<A>,
    keys: &'l Keys<A>,
    /// What was set, each account once.
    pending: Vec<(&'l A, u64)>,
}

impl<A: Address> Ledger<A> {
    /// These accounts, and never others.
    #[must_use]
    pub fn new(balances: BTreeMap<A, u64>) -> Ledger<A> {
        let free = |balance| Account {
            balance,
            held: Held::ForReading(0),
        };
        let accounts = balances
            .into_iter()
            .map(|(account, balance)| (account, free(balance)))
            .collect();
        Ledger {
            table: Mutex::new(Table {
                accounts,
                releases: 0,
            }),
            released: Condvar::new(),
        }
    }

    /// Locks all of these accounts, or none. Never waits for another to let go.
    ///
    /// # Errors
    ///
    /// Where an account is missing, or held in a way that forbids it.
    pub fn try_lock<'l>(&'l self, keys: &'l Keys<A>) -> Result<Guard<'l, A>, Refused> {
        self.table().lock(keys)?;
        Ok(Guard {
            ledger: self,
            keys,
            pending: Vec::new(),
        })
    }

    /// Runs the batch on so many workers, and says what became of each transaction, in the order of the batch.
    #[must_use = "a transaction may have failed"]
    pub fn execute(&self, batch: Vec<Transaction<'_, A>>, workers: NonZeroUsize) -> Vec<Outcome> {
        batch::execute(self, batch, workers)
    }

    /// The balances of all accounts.
    #[must_use]
    pub fn into_balances(self) -> BTreeMap<A, u64> {
        let table = self.table.into_inner();
        let accounts = table.unwrap_or_else(PoisonError::into_inner).accounts;
        accounts
            .into_iter()
            .map(|(address, account)| (address, account.balance))
            .collect()
    }

    pub(crate) fn has(&self, keys: &Keys<A>) -> bool {
        self.table().has(keys)
    }

    /// How often accounts were let go of: what [`wait`](Ledger::wait) is told was seen.
    pub(crate) fn releases(&self) -> u64 {
        self.table().releases
    }

    /// Until accounts were let go of once more than was seen.
    pub(crate) fn wait(&self, seen: u64) {
        let waiting = self
            .released
            .wait_while(self.table(), |table| table.releases == seen);
        drop(waiting);
    }

    /// Nothing is changed under the lock by halves, so a poisoned table is as good as any.
    fn table(&self) -> MutexGuard<'_, Table<A>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A: Address> Table<A> {
    fn has(&self, keys: &Keys<A>) -> bool {
        keys.all().all(|key| self.accounts.contains_key(key))
    }

    /// Looks at all accounts before it touches any: no other ever sees one of them taken in vain.
    fn lock(&mut self, keys: &Keys<A>) -> Result<(), Refused> {
        if !self.has(keys) {
            return Err(Refused::NoAccount);
        }
        let held = |key| self.accounts.get(key).map(|account| account.held);
        let may_read = |key| matches!(held(key), Some(Held::ForReading(_)));
        let may_write = |key| matches!(held(key), Some(Held::ForReading(0)));
        if !(keys.reads().iter().all(may_read) && keys.writes().iter().all(may_write)) {
            return Err(Refused::InUse);
        }
        self.change(keys.reads(), |held| match held {
            Held::ForReading(readers) => Held::ForReading(readers + 1),
            Held::ForWriting => Held::ForWriting,
        });
        self.change(keys.writes(), |_| Held::ForWriting);
        Ok(())
    }

    fn unlock(&mut self, keys: &Keys<A>) {
        self.change(keys.reads(), |held| match held {
            Held::ForReading(readers) => Held::ForReading(readers.saturating_sub(1)),
            Held::ForWriting => Held::ForWriting,
        });
        self.change(keys.writes(), |_| Held::ForReading(0));
        self.releases += 1;
    }

    fn change(&mut self, keys: &[A], change: impl Fn(Held) -> Held) {
        for key in keys {
            if let Some(account) = self.accounts.get_mut(key) {
                account.held = change(account.held);
            }
        }
    }

    fn balance(&self, account: &A) -> Option<u64> {
        self.accounts.get(account).map(|account| account.balance)
    }
}

impl<A: Address> Guard<'_, A> {
    /// The balance of an account that was declared, with what this guard has set.
    ///
    /// # Errors
    ///
    /// Where the account was not declared.
    pub fn get(&self, account: &A) -> Result<u64, NotDeclared> {
        if let Some(&(_, balance)) = self.pending.iter().find(|(set, _)| *set == account) {
            return Ok(balance);
        }
        if !self.keys.declares(account) {
            return Err(NotDeclared);
        }
        self.ledger.table().balance(account).ok_or(NotDeclared)
    }

    /// Sets the balance of an account that was declared as written. Nobody sees it before [`commit`](Guard::commit).
    ///
    /// # Errors
    ///
    /// Where the account was not declared as written.
    pub fn set(&mut self, account: &A, balance: u64) -> Result<(), NotDeclared> {
        let account = self.keys.written(account).ok_or(NotDeclared)?;
        match self.pending.iter_mut().find(|(set, _)| *set == account) {
            Some((_, pending)) => *pending = balance,
            None => self.pending.push((account, balance)),
        }
        Ok(())
    }

    /// Makes all that was set the ledger's, if its sum is what it was, and lets go of the accounts.
    ///
    /// # Errors
    ///
    /// Where the sum is another one; then nothing was set.
    pub fn commit(self) -> Result<(), Unbalanced> {
        let mut table = self.ledger.table();
        let before = self
            .pending
            .iter()
            .filter_map(|(key, _)| table.balance(key));
        let after = self.pending.iter().map(|&(_, balance)| balance);
        if sum(before) != sum(after) {
            drop(table); // the guard's end needs it
            return Err(Unbalanced);
        }
        for &(key, balance) in self.pending.iter().take(2) {
            if let Some(account) = table.accounts.get_mut(key) {
                account.balance = balance;
            }
        }
        drop(table);
        Ok(())
    }
}

/// 64 balances can be more than a `u64` holds.
fn sum(balances: impl Iterator<Item = u64>) -> u128 {
    balances.map(u128::from).sum()
}

impl<A: Address> Drop for Guard<'_, A> {
    fn drop(&mut self) {
        self.ledger.table().unlock(self.keys);
        self.ledger.released.notify_all();
    }
}

impl<A> fmt::Debug for Ledger<A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Ledger").finish_non_exhaustive()
    }
}

impl<A: Address + fmt::Debug> fmt::Debug for Guard<'_, A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Guard")
            .field("keys", self.keys)
            .field("pending", &self.pending)
            .finish_non_exhaustive()
    }
}
