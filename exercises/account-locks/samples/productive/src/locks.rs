use crate::{Address, Keys, NotDeclared, Outcome, Program, Refused, Transaction, Unbalanced};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Accounts with their balances. Threads share it by reference.
pub struct Ledger<A: Address> {
    state: Mutex<State<A>>,
    freed: Condvar,
}

struct State<A> {
    balances: BTreeMap<A, u64>,
    locks: HashMap<A, Lock>,
}

/// Accounts that nobody holds have no entry.
enum Lock {
    Read(usize),
    Write,
}

/// Accounts that are locked, for as long as this lives. Dropping it forgets what was set.
#[must_use]
pub struct Guard<'l, A: Address> {
    ledger: &'l Ledger<A>,
    keys: &'l Keys<A>,
    changes: BTreeMap<A, u64>,
}

impl<A: Address> State<A> {
    fn try_lock(&mut self, keys: &Keys<A>) -> Result<(), Refused> {
        let mut named = keys.reads().iter().chain(keys.writes());
        if !named.all(|account| self.balances.contains_key(account)) {
            return Err(Refused::NoAccount);
        }
        let is_written = |account| matches!(self.locks.get(account), Some(Lock::Write));
        let is_held = |account| self.locks.contains_key(account);
        if keys.reads().iter().any(is_written) || keys.writes().iter().any(is_held) {
            return Err(Refused::InUse);
        }
        for account in keys.reads() {
            let lock = self.locks.entry(account.clone()).or_insert(Lock::Read(0));
            if let Lock::Read(readers) = lock {
                *readers += 1;
            }
        }
        for account in keys.writes() {
            self.locks.insert(account.clone(), Lock::Write);
        }
        Ok(())
    }

    fn unlock(&mut self, keys: &Keys<A>) {
        for account in keys.reads() {
            match self.locks.get_mut(account) {
                Some(Lock::Read(readers)) if *readers > 1 => *readers -= 1,
                _ => {
                    self.locks.remove(account);
                }
            }
        }
        for account in keys.writes() {
            self.locks.remove(account);
        }
    }
}

impl<A: Address> Ledger<A> {
    /// These accounts, and never others.
    pub fn new(balances: BTreeMap<A, u64>) -> Self {
        let locks = HashMap::new();
        Self {
            state: Mutex::new(State { balances, locks }),
            freed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State<A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn guard<'l>(&'l self, keys: &'l Keys<A>) -> Guard<'l, A> {
        Guard {
            ledger: self,
            keys,
            changes: BTreeMap::new(),
        }
    }

    /// Locks all of these accounts, or none. Never waits for another to let go.
    pub fn try_lock<'l>(&'l self, keys: &'l Keys<A>) -> Result<Guard<'l, A>, Refused> {
        self.state().try_lock(keys)?;
        Ok(self.guard(keys))
    }

    /// As `try_lock`, but waits while an account is in use.
    fn lock<'l>(&'l self, keys: &'l Keys<A>) -> Option<Guard<'l, A>> {
        let mut state = self.state();
        loop {
            match state.try_lock(keys) {
                Ok(()) => return Some(self.guard(keys)),
                Err(Refused::NoAccount) => return None,
                Err(Refused::InUse) => {
                    state = self
                        .freed
                        .wait(state)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// Runs the batch on so many workers, and says what became of each transaction, in the order of the batch.
    ///
    /// Each wave holds the transactions that conflict with none before them that is still to run.
    pub fn execute(&self, batch: Vec<Transaction<'_, A>>, workers: NonZeroUsize) -> Vec<Outcome> {
        let mut outcomes = vec![Outcome::NoAccount; batch.len()];
        let mut waiting: Vec<_> = batch.into_iter().enumerate().collect();
        while !waiting.is_empty() {
            let mut wave = VecDeque::new();
            let mut later: Vec<(usize, Transaction<'_, A>)> = Vec::new();
            for (number, transaction) in waiting {
                let keys = &transaction.keys;
                let conflicts =
                    |(_, other): &(usize, Transaction<'_, A>)| other.keys.conflicts_with(keys);
                if wave.iter().any(conflicts) || later.iter().any(conflicts) {
                    later.push((number, transaction));
                } else {
                    wave.push_back((number, transaction));
                }
            }
            for (number, outcome) in self.run_wave(wave, workers.get()) {
                if let Some(place) = outcomes.get_mut(number) {
                    *place = outcome;
                }
            }
            waiting = later;
        }
        outcomes
    }

    fn run_wave(
        &self,
        wave: VecDeque<(usize, Transaction<'_, A>)>,
        workers: usize,
    ) -> Vec<(usize, Outcome)> {
        let threads = workers.min(wave.len());
        let queue = Mutex::new(wave);
        let done = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let next = queue
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .pop_front();
                        let Some((number, transaction)) = next else {
                            break;
                        };
                        let outcome = self.run(&transaction.keys, transaction.program);
                        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                        done.push((number, outcome));
                    }
                });
            }
        });
        done.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, keys: &Keys<A>, program: Program<'_, A>) -> Outcome {
        let Some(mut guard) = self.lock(keys) else {
            return Outcome::NoAccount;
        };
        match catch_unwind(AssertUnwindSafe(|| program(&mut guard))) {
            Ok(Ok(())) if guard.commit().is_ok() => Outcome::Committed,
            Ok(Ok(())) => Outcome::Unbalanced,
            Ok(Err(_)) => Outcome::Failed,
            Err(_) => Outcome::Panicked,
        }
    }

    /// The balances of all accounts.
    pub fn into_balances(self) -> BTreeMap<A, u64> {
        self.state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .balances
    }
}

impl<A: Address> Guard<'_, A> {
    /// The balance of an account that was declared, with what this guard has set.
    pub fn get(&self, account: &A) -> Result<u64, NotDeclared> {
        if !self.keys.names(account) {
            return Err(NotDeclared);
        }
        if let Some(balance) = self.changes.get(account) {
            return Ok(*balance);
        }
        self.ledger
            .state()
            .balances
            .get(account)
            .copied()
            .ok_or(NotDeclared)
    }

    /// Sets the balance of an account that was declared as written.
    pub fn set(&mut self, account: &A, balance: u64) -> Result<(), NotDeclared> {
        if !self.keys.writes_to(account) {
            return Err(NotDeclared);
        }
        self.changes.insert(account.clone(), balance);
        Ok(())
    }

    /// Makes all that was set the ledger's, if its sum is what it was, and lets go of the accounts.
    pub fn commit(mut self) -> Result<(), Unbalanced> {
        let changes = std::mem::take(&mut self.changes);
        let mut state = self.ledger.state();
        let before: u128 = changes
            .keys()
            .filter_map(|account| state.balances.get(account))
            .map(|balance| u128::from(*balance))
            .sum();
        let after: u128 = changes.values().map(|balance| u128::from(*balance)).sum();
        if before == after {
            state.balances.extend(changes);
            Ok(())
        } else {
            Err(Unbalanced)
        }
    }
}

impl<A: Address> Drop for Guard<'_, A> {
    fn drop(&mut self) {
        self.ledger.state().unlock(self.keys);
        self.ledger.freed.notify_all();
    }
}
