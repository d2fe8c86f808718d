//! Files an epoch away when all its blocks are final, and raises alerts for accounts that auditors watch.

use std::collections::HashSet;

#[derive(Debug)]
pub struct Entry {
    pub id: u64,
    pub account: String,
    pub amount: u64,
}

/// Some thousand blocks' worth of entries: up to a gigabyte.
#[derive(Debug)]
pub struct Epoch {
    pub number: u64,
    pub entries: Vec<Entry>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Alert {
    pub epoch: u64,
    pub entry: u64,
    pub amount: u64,
}

/// Closed epochs by ascending number. Shards finish in any order, and now and then report the same epoch twice.
#[derive(Debug, Default)]
pub struct Archive {
    epochs: Vec<Epoch>,
    watched: HashSet<String>,
    alerts: Vec<Alert>,
}

impl Archive {
    pub fn watch(&mut self, account: String) {
        self.watched.insert(account);
    }

    #[must_use]
    pub fn epochs(&self) -> &[Epoch] {
        &self.epochs
    }

    #[must_use]
    pub fn alerts(&self) -> &[Alert] {
        &self.alerts
    }

    /// Files the epoch at its place and raises an alert for each entry of a watched account, in the order of the
    /// entries. Returns how many.
    ///
    /// # Errors
    ///
    /// An epoch whose number is filed already comes back as it was, and raises nothing.
    pub fn close(&mut self, epoch: Epoch) -> Result<usize, Epoch> {
        let number: u64 = epoch.number;
        let mut place: usize = 0;
        while place < self.epochs.len() && self.epochs[place].number < number {
            place += 1;
        }
        if place < self.epochs.len() && self.epochs[place].number == number {
            return Err(epoch);
        }
        self.epochs.insert(place, epoch);

        // the epoch was moved from; what is read from here on is the archive's element
        let mut count: usize = 0;
        for i in 0..self.epochs[place].entries.len() {
            let entry: &Entry = &self.epochs[place].entries[i];
            if self.watched.contains(&entry.account) == true {
                let alert = Alert { epoch: number, entry: entry.id, amount: entry.amount };
                self.alerts.push(alert);
                count += 1;
            }
        }
        return Ok(count);
    }
}
