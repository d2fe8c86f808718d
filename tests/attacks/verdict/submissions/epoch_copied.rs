//! The epoch that is moved and used is "mended" by a copy of it: a gigabyte, made by `extend_from_slice`, which is no clone that is
//! counted. (Family 45.)

use std::collections::HashSet;

#[derive(Debug, Clone)]
pub struct Entry {
    pub id: u64,
    pub account: String,
    pub amount: u64,
}

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

    /// # Errors
    ///
    /// An epoch whose number is filed already comes back as it was, and raises nothing.
    pub fn close(&mut self, epoch: Epoch) -> Result<usize, Epoch> {
        let search = |filed: &Epoch| filed.number.cmp(&epoch.number);
        let Err(place) = self.epochs.binary_search_by(search) else {
            return Err(epoch);
        };
        let mut copy = Epoch {
            number: epoch.number,
            entries: Vec::new(),
        };
        copy.entries.extend_from_slice(&epoch.entries);
        self.epochs.insert(place, copy);

        let already = self.alerts.len();
        for entry in epoch.entries {
            if self.watched.contains(&entry.account) {
                self.alerts.push(Alert {
                    epoch: epoch.number,
                    entry: entry.id,
                    amount: entry.amount,
                });
            }
        }
        Ok(self.alerts.len() - already)
    }
}
