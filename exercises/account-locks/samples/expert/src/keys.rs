use crate::{Address, MAX_ACCOUNTS, TooManyAccounts};

/// The accounts that a transaction reads, and those that it writes: one list, what is only read in front.
pub struct Keys<A: Address> {
    accounts: Vec<A>,
    reads: usize,
}

/// What may be done with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

impl<A: Address> Keys<A> {
    /// In any order; an account that is named twice counts once, and one that is read and written is written.
    pub fn new(mut reads: Vec<A>, mut writes: Vec<A>) -> Result<Self, TooManyAccounts> {
        writes.sort();
        writes.dedup();
        reads.sort();
        reads.dedup();
        reads.retain(|account| writes.binary_search(account).is_err());
        let mut keys = Self {
            reads: reads.len(),
            accounts: reads,
        };
        keys.accounts.append(&mut writes);
        if keys.accounts.len() <= MAX_ACCOUNTS {
            Ok(keys)
        } else {
            Err(TooManyAccounts)
        }
    }

    /// What is only read, in order, each once.
    pub fn reads(&self) -> &[A] {
        self.accounts.split_at(self.reads).0
    }

    /// What is written, in order, each once.
    pub fn writes(&self) -> &[A] {
        self.accounts.split_at(self.reads).1
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&A, Access)> {
        let reads = self.reads().iter().map(|account| (account, Access::Read));
        let writes = self.writes().iter().map(|account| (account, Access::Write));
        reads.chain(writes)
    }

    /// The account as these keys hold it, and what they may do with it.
    pub(crate) fn find(&self, account: &A) -> Option<(&A, Access)> {
        let find = |accounts: &[A]| accounts.binary_search(account).ok();
        if let Some(found) = find(self.writes()).and_then(|place| self.writes().get(place)) {
            return Some((found, Access::Write));
        }
        let found = find(self.reads()).and_then(|place| self.reads().get(place))?;
        Some((found, Access::Read))
    }
}
