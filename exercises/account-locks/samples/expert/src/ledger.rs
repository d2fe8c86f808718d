use crate::keys::Access;
use crate::{Address, Keys, NotDeclared, Outcome, Refused, Transaction, Unbalanced, workers};
use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Accounts with their balances. Threads share it by reference.
pub struct Ledger<A: Address> {
    accounts: HashMap<A, Account>,
    locks: Mutex<Locks>,
    let_go: Condvar,
}

/// The balance is read and written by who holds the account only. Locking orders these accesses: relaxed ones will do.
struct Account {
    balance: AtomicU64,
    place: usize,
}

struct Locks {
    /// By place: readers, or the writer as -1.
    held: Vec<i32>,
    /// Counts what may let somebody go on who waits.
    epoch: u64,
}

/// Accounts that are locked, for as long as this lives.
#[must_use = "the accounts are free again once the guard is gone"]
pub struct Guard<'l, A: Address> {
    ledger: &'l Ledger<A>,
    keys: &'l Keys<A>,
    drafts: BTreeMap<&'l A, u64>,
}

impl Locks {
    fn admits(&self, place: usize, access: Access) -> bool {
        self.held.get(place).is_some_and(|&held| match access {
            Access::Read => held >= 0,
            Access::Write => held == 0,
        })
    }

    fn shift(&mut self, place: usize, access: Access, taken: bool) {
        if let Some(held) = self.held.get_mut(place) {
            *held += match (access, taken) {
                (Access::Read, true) | (Access::Write, false) => 1,
                (Access::Read, false) | (Access::Write, true) => -1,
            };
        }
    }
}

impl<A: Address> Ledger<A> {
    /// These accounts, and never others.
    pub fn new(balances: BTreeMap<A, u64>) -> Self {
        let held = vec![0; balances.len()];
        let accounts = balances
            .into_iter()
            .zip(0..)
            .map(|((address, balance), place)| {
                let balance = AtomicU64::new(balance);
                (address, Account { balance, place })
            });
        Self {
            accounts: accounts.collect(),
            locks: Mutex::new(Locks { held, epoch: 0 }),
            let_go: Condvar::new(),
        }
    }

    /// Locks all of these accounts, or none. Never waits for another to let go.
    pub fn try_lock<'l>(&'l self, keys: &'l Keys<A>) -> Result<Guard<'l, A>, Refused> {
        if !self.has_all(keys) {
            return Err(Refused::NoAccount);
        }
        let mut locks = self.locks();
        if !self
            .places(keys)
            .all(|(place, access)| locks.admits(place, access))
        {
            return Err(Refused::InUse);
        }
        for (place, access) in self.places(keys) {
            locks.shift(place, access, true);
        }
        drop(locks);
        Ok(Guard {
            ledger: self,
            keys,
            drafts: BTreeMap::new(),
        })
    }

    /// Runs the batch on so many workers, and says what became of each transaction, in the order of the batch.
    pub fn execute(&self, batch: Vec<Transaction<'_, A>>, workers: NonZeroUsize) -> Vec<Outcome> {
        workers::execute(self, batch, workers)
    }

    /// The balances of all accounts.
    pub fn into_balances(self) -> BTreeMap<A, u64> {
        let accounts = self.accounts.into_iter();
        accounts
            .map(|(address, account)| (address, account.balance.into_inner()))
            .collect()
    }

    pub(crate) fn has_all(&self, keys: &Keys<A>) -> bool {
        keys.iter()
            .all(|(address, _)| self.accounts.contains_key(address))
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.locks().epoch
    }

    /// Returns once the epoch is another.
    pub(crate) fn await_epoch_after(&self, epoch: u64) {
        let mut locks = self.locks();
        while locks.epoch == epoch {
            locks = self
                .let_go
                .wait(locks)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Somebody who waits may be able to go on.
    pub(crate) fn advance_epoch(&self) {
        self.locks().epoch += 1;
        self.let_go.notify_all();
    }

    fn places(&self, keys: &Keys<A>) -> impl Iterator<Item = (usize, Access)> {
        keys.iter()
            .filter_map(|(address, access)| Some((self.accounts.get(address)?.place, access)))
    }

    fn locks(&self) -> MutexGuard<'_, Locks> {
        self.locks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A: Address> Guard<'_, A> {
    /// The balance of an account that was declared, with what this guard has set.
    pub fn get(&self, account: &A) -> Result<u64, NotDeclared> {
        let (account, _) = self.keys.find(account).ok_or(NotDeclared)?;
        let draft = self.drafts.get(account).copied();
        draft.or_else(|| self.settled(account)).ok_or(NotDeclared)
    }

    /// Sets the balance of an account that was declared as written. Nobody sees it before [`commit`](Guard::commit).
    pub fn set(&mut self, account: &A, balance: u64) -> Result<(), NotDeclared> {
        match self.keys.find(account) {
            Some((account, Access::Write)) => {
                self.drafts.insert(account, balance);
                Ok(())
            }
            _ => Err(NotDeclared),
        }
    }

    /// Makes all that was set the ledger's, if its sum is what it was, and lets go of the accounts.
    pub fn commit(self) -> Result<(), Unbalanced> {
        let settled = self
            .drafts
            .keys()
            .filter_map(|account| self.settled(account));
        if total(settled) != total(self.drafts.values().copied()) {
            return Err(Unbalanced);
        }
        for (account, draft) in &self.drafts {
            if let Some(account) = self.ledger.accounts.get(*account) {
                account.balance.store(*draft, Relaxed);
            }
        }
        Ok(())
    }

    fn settled(&self, account: &A) -> Option<u64> {
        Some(self.ledger.accounts.get(account)?.balance.load(Relaxed))
    }
}

fn total(balances: impl Iterator<Item = u64>) -> u128 {
    balances.map(u128::from).sum()
}

impl<A: Address> Drop for Guard<'_, A> {
    fn drop(&mut self) {
        let mut locks = self.ledger.locks();
        for (place, access) in self.ledger.places(self.keys) {
            locks.shift(place, access, false);
        }
        drop(locks);
        self.ledger.advance_epoch();
    }
}
