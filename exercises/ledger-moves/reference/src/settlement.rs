//! Chooses what is paid out to other banks in the next settlement window.

use std::cmp::Reverse;

/// What we owe another bank, and the day by which it must have it.
#[derive(Debug, Clone)]
pub struct Obligation {
    pub bank: String,
    pub amount: u64,
    pub due: u32,
}

/// Obligations in the order in which they arose.
#[derive(Debug, Default)]
pub struct Queue {
    obligations: Vec<Obligation>,
}

impl Queue {
    pub fn add(&mut self, obligation: Obligation) {
        self.obligations.push(obligation);
    }

    #[must_use]
    pub fn obligations(&self) -> &[Obligation] {
        &self.obligations
    }

    /// The obligations that fall due by `day` and that `budget` pays for: the earliest due first, on one day the
    /// largest amount first, and among equals the one that arose first. No other jumps the queue: the first that the
    /// rest of the budget does not cover ends the batch.
    #[must_use]
    pub fn next_batch(&self, day: u32, budget: u64) -> Vec<&Obligation> {
        let mut urgent: Vec<&Obligation> = self
            .obligations
            .iter()
            .filter(|open| open.due <= day)
            .collect();
        urgent.sort_by_key(|open| (open.due, Reverse(open.amount)));

        let mut left = budget;
        let affordable = urgent
            .iter()
            .take_while(|open| match left.checked_sub(open.amount) {
                Some(rest) => {
                    left = rest;
                    true
                }
                None => false,
            })
            .count();
        urgent.truncate(affordable);
        urgent
    }
}
