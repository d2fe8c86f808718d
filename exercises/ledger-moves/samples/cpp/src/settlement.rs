//! Chooses what is paid out to other banks in the next settlement window.

use std::cmp::Ordering;

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
        let mut urgent: Vec<&Obligation> = Vec::new();
        for i in 0..self.obligations.len() {
            if self.obligations[i].due <= day {
                urgent.push(&self.obligations[i]);
            }
        }
        // std::stable_sort with a comparator
        urgent.sort_by(compare);

        let mut left: u64 = budget;
        let mut count: usize = 0;
        while count < urgent.len() && urgent[count].amount <= left {
            left -= urgent[count].amount;
            count += 1;
        }
        urgent.truncate(count);
        return urgent;
    }
}

fn compare(a: &&Obligation, b: &&Obligation) -> Ordering {
    if a.due != b.due {
        return a.due.cmp(&b.due);
    }
    return b.amount.cmp(&a.amount);
}
