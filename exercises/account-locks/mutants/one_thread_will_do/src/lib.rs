//! A ledger whose transactions run in parallel where their declared accounts allow it.
//!
//! A [`Guard`] is the only way to a balance. It borrows the [`Ledger`] and the [`Keys`] that it locks, keeps aside what is
//! set, and is spent by [`Guard::commit`]; in any other end of it, nothing was ever set. [`Ledger::execute`] runs a batch so that
//! whoever looks at the balances cannot tell it from one transaction after the other.
//!
//! ```
//! use account_locks::{Keys, Ledger};
//! use std::collections::BTreeMap;
//!
//! let ledger = Ledger::new(BTreeMap::from([("ann", 5), ("ben", 0)]));
//! let keys = Keys::new(vec![], vec!["ann", "ben"]).unwrap();
//! let mut guard = ledger.try_lock(&keys).unwrap();
//! guard.set(&"ann", 3).unwrap();
//! guard.set(&"ben", 2).unwrap();
//! guard.commit().unwrap();
//! assert_eq!(ledger.into_balances()["ben"], 2);
//! ```

#![warn(missing_docs)]

mod batch;
mod keys;
mod ledger;

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
    /// What it set is the ledger's.
    Committed,
    /// Its program gave up.
    Failed,
    /// Its program panicked.
    Panicked,
    /// It would have changed the sum.
    Unbalanced,
    /// It named an account that is not there, and was not run.
    NoAccount,
}

/// What a transaction does with the accounts that it declared.
pub type Program<'p, A> = Box<dyn FnOnce(&mut Guard<'_, A>) -> Result<(), Failed> + 'p>;

/// The accounts that a program may touch, and the program.
pub struct Transaction<'p, A: Address> {
    /// What it declares.
    pub keys: Keys<A>,
    /// What it does.
    pub program: Program<'p, A>,
}
