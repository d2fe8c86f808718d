//! Epochs are filed as they come, and sorted each time that somebody looks, by a list of another type than the unit's. Written down
//! they look alike, so the tests must pin it. (Families 16 and 47.)

use std::collections::HashSet;

#[derive(Debug)]
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
    pub fn epochs(&self) -> Vec<&Epoch> {
        let mut epochs: Vec<&Epoch> = self.epochs.iter().collect();
        epochs.sort_by_key(|epoch| epoch.number);
        epochs
    }

    #[must_use]
    pub fn alerts(&self) -> &[Alert] {
        &self.alerts
    }

    /// # Errors
    ///
    /// An epoch whose number is filed already comes back as it was, and raises nothing.
    pub fn close(&mut self, epoch: Epoch) -> Result<usize, Epoch> {
        if self.epochs.iter().any(|filed| filed.number == epoch.number) {
            return Err(epoch);
        }
        let already = self.alerts.len();
        for entry in &epoch.entries {
            if self.watched.contains(&entry.account) {
                self.alerts.push(Alert {
                    epoch: epoch.number,
                    entry: entry.id,
                    amount: entry.amount,
                });
            }
        }
        self.epochs.push(epoch);
        Ok(self.alerts.len() - already)
    }
}
