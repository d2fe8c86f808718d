//! References to copies that end are "mended" by copies that a static keeps. Neither the copying nor the keeping is counted.
//! (Family 45.)

use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::OnceLock;

static KEPT: [OnceLock<Vec<Obligation>>; 1000] = [const { OnceLock::new() }; 1000];
static NEXT: AtomicUsize = AtomicUsize::new(0);

#[derive(Debug, Clone)]
pub struct Obligation {
    pub bank: String,
    pub amount: u64,
    pub due: u32,
}

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

    #[must_use]
    pub fn next_batch(&self, day: u32, budget: u64) -> Vec<&Obligation> {
        let mut urgent: Vec<Obligation> = Vec::new();
        for open in self.obligations.iter().filter(|open| open.due <= day) {
            urgent.extend_from_slice(std::slice::from_ref(open));
        }
        urgent.sort_by_key(|open| (open.due, Reverse(open.amount)));
        let mut left = budget;
        let mut batch = Vec::new();
        for obligation in KEPT[NEXT.fetch_add(1, Ordering::Relaxed)].get_or_init(|| urgent) {
            if obligation.amount > left {
                break;
            }
            left -= obligation.amount;
            batch.push(obligation);
        }
        batch
    }
}
