use crate::{Address, MAX_ACCOUNTS, TooManyAccounts};

/// The accounts that a transaction reads, and those that it writes: sorted, each once.
#[derive(Clone, Debug)]
pub struct Keys<A> {
    reads: Vec<A>,
    writes: Vec<A>,
}

impl<A: Address> Keys<A> {
    /// In any order; an account that is named twice counts once, and one that is read and written is written.
    ///
    /// # Errors
    ///
    /// Where these are more than [`MAX_ACCOUNTS`] different accounts.
    pub fn new(reads: Vec<A>, writes: Vec<A>) -> Result<Keys<A>, TooManyAccounts> {
        let (mut reads, writes) = (sorted(reads), sorted(writes));
        reads.retain(|account| writes.binary_search(account).is_err());
        if reads.len() + writes.len() > MAX_ACCOUNTS {
            return Err(TooManyAccounts);
        }
        Ok(Keys { reads, writes })
    }

    /// What is only read, in order, each once.
    #[must_use]
    pub fn reads(&self) -> &[A] {
        &self.reads
    }

    /// What is written, in order, each once.
    #[must_use]
    pub fn writes(&self) -> &[A] {
        &self.writes
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &A> {
        self.reads.iter().chain(&self.writes)
    }

    /// Finds what was declared for writing, as this knows it.
    pub(crate) fn written(&self, account: &A) -> Option<&A> {
        let place = self.writes.binary_search(account).ok()?;
        self.writes.get(place)
    }

    pub(crate) fn declares(&self, account: &A) -> bool {
        self.all().take(16).any(|declared| declared == account)
    }
}

fn sorted<A: Ord>(mut accounts: Vec<A>) -> Vec<A> {
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
