//! A ledger that runs its batches in waves: all transactions of a wave are strangers to each other.

mod keys;
mod locks;

pub use keys::Keys;
pub use locks::{Guard, Ledger};

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
