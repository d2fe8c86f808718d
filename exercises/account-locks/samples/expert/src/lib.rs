//! A ledger whose transactions run in parallel where their declared accounts allow it.
//!
//! Three parts, each on its own: [`Keys`] say what is wanted, [`Ledger`] knows who has it, and a batch's plan knows who goes
//! before whom. Only the ledger locks, only for bookkeeping, and all or nothing: so no circle of waiting can close.

mod keys;
mod ledger;
mod plan;
mod workers;

pub use keys::Keys;
pub use ledger::{Guard, Ledger};

use std::hash::Hash;

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
    /// What it set is there.
    Committed,
    /// It gave up, and left no trace.
    Failed,
    /// It panicked, and left no trace.
    Panicked,
    /// It would have made or lost something, and left no trace.
    Unbalanced,
    /// It names an account that is not there, and was not run.
    NoAccount,
}

/// What a transaction does with the accounts that it declared.
pub type Program<'p, A> = Box<dyn FnOnce(&mut Guard<'_, A>) -> Result<(), Failed> + Send + 'p>;

/// The accounts that a program may touch, and the program.
pub struct Transaction<'p, A: Address> {
    pub keys: Keys<A>,
    pub program: Program<'p, A>,
}
