use crate::{Address, MAX_ACCOUNTS, TooManyAccounts};
use std::collections::BTreeSet;

/// The accounts that a transaction reads, and those that it writes.
#[derive(Debug, Clone)]
pub struct Keys<A: Address> {
    reads: Vec<A>,
    writes: Vec<A>,
}

impl<A: Address> Keys<A> {
    /// In any order; an account that is named twice counts once, and one that is read and written is written.
    pub fn new(reads: Vec<A>, writes: Vec<A>) -> Result<Self, TooManyAccounts> {
        let writes: BTreeSet<A> = writes.into_iter().collect();
        let reads: BTreeSet<A> = reads
            .into_iter()
            .filter(|account| !writes.contains(account))
            .collect();
        if reads.len() + writes.len() > MAX_ACCOUNTS {
            return Err(TooManyAccounts);
        }
        Ok(Self {
            reads: reads.into_iter().collect(),
            writes: writes.into_iter().collect(),
        })
    }

    /// What is only read, in order, each once.
    pub fn reads(&self) -> &[A] {
        &self.reads
    }

    /// What is written, in order, each once.
    pub fn writes(&self) -> &[A] {
        &self.writes
    }

    /// Whether one writes what the other names.
    pub(crate) fn conflicts_with(&self, other: &Self) -> bool {
        self.writes.iter().any(|account| other.names(account))
            || other.writes.iter().any(|account| self.names(account))
    }

    pub(crate) fn writes_to(&self, account: &A) -> bool {
        self.writes.binary_search(account).is_ok()
    }

    pub(crate) fn names(&self, account: &A) -> bool {
        self.writes_to(account) || self.reads.binary_search(account).is_ok()
    }
}
