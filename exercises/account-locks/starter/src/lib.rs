//! A ledger whose transactions run in parallel where their declared accounts allow it.
//!
//! What is written out here is given: keep it as it is. What says `todo!()`, and the fields of the types, is yours.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

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
pub struct Keys<A: Address> {
    // yours
    sketch: PhantomData<A>,
}

/// Accounts with their balances. Threads share it by reference.
pub struct Ledger<A: Address> {
    // yours
    sketch: PhantomData<A>,
}

/// Accounts that are locked, for as long as this lives.
pub struct Guard<'l, A: Address> {
    // yours
    sketch: PhantomData<&'l A>,
}

impl<A: Address> Keys<A> {
    /// In any order; an account that is named twice counts once, and one that is read and written is written.
    pub fn new(reads: Vec<A>, writes: Vec<A>) -> Result<Keys<A>, TooManyAccounts> {
        todo!()
    }

    /// What is only read, in order, each once.
    pub fn reads(&self) -> &[A] {
        todo!()
    }

    /// What is written, in order, each once.
    pub fn writes(&self) -> &[A] {
        todo!()
    }
}

impl<A: Address> Ledger<A> {
    /// These accounts, and never others.
    pub fn new(balances: BTreeMap<A, u64>) -> Ledger<A> {
        todo!()
    }

    /// Locks all of these accounts, or none. Never waits for another to let go.
    pub fn try_lock<'l>(&'l self, keys: &'l Keys<A>) -> Result<Guard<'l, A>, Refused> {
        todo!()
    }

    /// Runs the batch on so many workers, and says what became of each transaction, in the order of the batch.
    pub fn execute(&self, batch: Vec<Transaction<'_, A>>, workers: NonZeroUsize) -> Vec<Outcome> {
        todo!()
    }

    /// The balances of all accounts.
    pub fn into_balances(self) -> BTreeMap<A, u64> {
        todo!()
    }
}

impl<A: Address> Guard<'_, A> {
    /// The balance of an account that was declared, with what this guard has set.
    pub fn get(&self, account: &A) -> Result<u64, NotDeclared> {
        todo!()
    }

    /// Sets the balance of an account that was declared as written. Nobody sees it before [`commit`](Guard::commit).
    pub fn set(&mut self, account: &A, balance: u64) -> Result<(), NotDeclared> {
        todo!()
    }

    /// Makes all that was set the ledger's, if its sum is what it was, and lets go of the accounts.
    pub fn commit(self) -> Result<(), Unbalanced> {
        todo!()
    }
}
