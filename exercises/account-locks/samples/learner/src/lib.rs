//! A ledger that runs transactions. I started simple: one big lock, and the batch runs in order.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

/// What names an account.
pub trait Address: Clone + Ord + Hash + Send + Sync {}

impl<A: Clone + Ord + Hash + Send + Sync> Address for A {}

/// The most accounts that a transaction may name.
pub const MAX_ACCOUNTS: usize = 64;

/// More accounts than [`MAX_ACCOUNTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyAccounts;

/// Why accounts were not locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The ledger does not have one of them.
    NoAccount,
    /// One of them is held in a way that forbids it.
    InUse,
}

/// The account was not declared for this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDeclared;

/// What was written has another sum than what was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbalanced;

/// A program gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

impl From<NotDeclared> for Failed {
    fn from(_: NotDeclared) -> Failed {
        Failed
    }
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Committed,
    Failed,
    Panicked,
    Unbalanced,
    NoAccount,
}

/// What a transaction does with the accounts that it declared.
pub type Program<'p, A> = Box<dyn FnOnce(&mut Guard<'_, A>) -> Result<(), Failed> + Send + 'p>;

/// The accounts that a program may touch, and the program.
pub struct Transaction<'p, A: Address> {
    pub keys: Keys<A>,
    pub program: Program<'p, A>,
}

/// The accounts that a transaction reads, and those that it writes.
#[derive(Clone)]
pub struct Keys<A: Address> {
    reads: Vec<A>,
    writes: Vec<A>,
}

impl<A: Address> Keys<A> {
    /// In any order; an account that is named twice counts once, and one that is read and written is written.
    pub fn new(reads: Vec<A>, writes: Vec<A>) -> Result<Keys<A>, TooManyAccounts> {
        let mut clean_writes: Vec<A> = Vec::new();
        for account in writes.iter() {
            if !clean_writes.contains(account) {
                clean_writes.push(account.clone());
            }
        }
        let mut clean_reads: Vec<A> = Vec::new();
        for account in reads.iter() {
            if !clean_reads.contains(account) && !clean_writes.contains(account) {
                clean_reads.push(account.clone());
            }
        }
        clean_reads.sort();
        clean_writes.sort();
        if clean_reads.len() + clean_writes.len() > MAX_ACCOUNTS {
            return Err(TooManyAccounts);
        }
        Ok(Keys {
            reads: clean_reads,
            writes: clean_writes,
        })
    }

    pub fn reads(&self) -> &[A] {
        &self.reads
    }

    pub fn writes(&self) -> &[A] {
        &self.writes
    }
}

/// Everything that changes is behind one lock.
struct State<A> {
    balances: BTreeMap<A, u64>,
    readers: HashMap<A, usize>,
    writers: HashMap<A, bool>,
}

/// Accounts with their balances. Threads share it by reference.
pub struct Ledger<A: Address> {
    state: Arc<Mutex<State<A>>>,
}

/// Accounts that are locked, for as long as this lives.
pub struct Guard<'l, A: Address> {
    ledger: &'l Ledger<A>,
    keys: Keys<A>,
    new_balances: HashMap<A, u64>,
}

impl<A: Address> Ledger<A> {
    /// These accounts, and never others.
    pub fn new(balances: BTreeMap<A, u64>) -> Ledger<A> {
        Ledger {
            state: Arc::new(Mutex::new(State {
                balances: balances.clone(),
                readers: HashMap::new(),
                writers: HashMap::new(),
            })),
        }
    }

    /// Locks all of these accounts, or none. Never waits for another to let go.
    pub fn try_lock<'l>(&'l self, keys: &'l Keys<A>) -> Result<Guard<'l, A>, Refused> {
        let mut state = self.state.lock().unwrap();
        for account in keys.reads.iter().chain(keys.writes.iter()) {
            if !state.balances.contains_key(account) {
                return Err(Refused::NoAccount);
            }
        }
        for account in keys.reads.iter() {
            if *state.writers.get(account).unwrap_or(&false) {
                return Err(Refused::InUse);
            }
        }
        for account in keys.writes.iter() {
            if *state.writers.get(account).unwrap_or(&false)
                || *state.readers.get(account).unwrap_or(&0) > 0
            {
                return Err(Refused::InUse);
            }
        }
        for account in keys.reads.iter() {
            *state.readers.entry(account.clone()).or_insert(0) += 1;
        }
        for account in keys.writes.iter() {
            state.writers.insert(account.clone(), true);
        }
        Ok(Guard {
            ledger: self,
            keys: keys.clone(),
            new_balances: HashMap::new(),
        })
    }

    /// Runs the batch. Only one thread for now, so that the order is right.
    pub fn execute(&self, batch: Vec<Transaction<'_, A>>, _workers: NonZeroUsize) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for transaction in batch {
            let keys = transaction.keys.clone();
            let program = transaction.program;
            let mut guard = loop {
                match self.try_lock(&keys) {
                    Ok(guard) => break Some(guard),
                    Err(Refused::NoAccount) => break None,
                    Err(Refused::InUse) => std::thread::yield_now(),
                }
            };
            if guard.is_none() {
                outcomes.push(Outcome::NoAccount);
                continue;
            }
            let result =
                std::panic::catch_unwind(AssertUnwindSafe(|| program(guard.as_mut().unwrap())));
            if result.is_err() {
                outcomes.push(Outcome::Panicked);
            } else if result.unwrap().is_err() {
                outcomes.push(Outcome::Failed);
            } else if guard.unwrap().commit().is_err() {
                outcomes.push(Outcome::Unbalanced);
            } else {
                outcomes.push(Outcome::Committed);
            }
        }
        outcomes
    }

    /// The balances of all accounts.
    pub fn into_balances(self) -> BTreeMap<A, u64> {
        self.state.lock().unwrap().balances.clone()
    }
}

impl<A: Address> Guard<'_, A> {
    /// The balance of an account that was declared, with what this guard has set.
    pub fn get(&self, account: &A) -> Result<u64, NotDeclared> {
        if self.new_balances.contains_key(account) {
            return Ok(*self.new_balances.get(account).unwrap());
        }
        if !self.keys.reads.contains(account) && !self.keys.writes.contains(account) {
            return Err(NotDeclared);
        }
        let state = self.ledger.state.lock().unwrap();
        Ok(*state.balances.get(account).unwrap())
    }

    /// Sets the balance of an account that was declared as written.
    pub fn set(&mut self, account: &A, balance: u64) -> Result<(), NotDeclared> {
        if !self.keys.writes.contains(account) {
            return Err(NotDeclared);
        }
        self.new_balances.insert(account.clone(), balance);
        Ok(())
    }

    /// Makes all that was set the ledger's.
    pub fn commit(self) -> Result<(), Unbalanced> {
        let mut state = self.ledger.state.lock().unwrap();
        let mut before: u64 = 0;
        let mut after: u64 = 0;
        for (account, balance) in self.new_balances.iter() {
            before = before.wrapping_add(*state.balances.get(account).unwrap());
            after = after.wrapping_add(*balance);
        }
        if before != after {
            drop(state);
            return Err(Unbalanced);
        }
        for (account, balance) in self.new_balances.iter() {
            state.balances.insert(account.clone(), *balance);
        }
        drop(state);
        Ok(())
    }
}

impl<A: Address> Drop for Guard<'_, A> {
    fn drop(&mut self) {
        let mut state = self.ledger.state.lock().unwrap();
        for account in self.keys.reads.iter() {
            *state.readers.get_mut(account).unwrap() -= 1;
        }
        for account in self.keys.writes.iter() {
            state.writers.insert(account.clone(), false);
        }
    }
}
