//! Control: a right cache whose snapshots say honestly what they are: equal, ordered, hashed, printed and taken for a slice.
//! (Families 4, 16 and 46.)

mod base;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

type Shown = base::View<Plain>;

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.user() == other.user() && self.marks() == other.marks()
    }
}

impl Eq for Shown {}

impl PartialOrd for Shown {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Shown {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.user(), self.marks()).cmp(&(other.user(), other.marks()))
    }
}

impl Hash for Shown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.user().hash(state);
        self.marks().hash(state);
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map()
            .entries(self.marks().iter().map(|mark| (mark.0, mark.1)))
            .finish()
    }
}

impl fmt::Debug for base::Cache<Plain> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} of {} users", self.len(), self.capacity())
    }
}

impl Deref for Shown {
    type Target = [(u64, u64)];

    fn deref(&self) -> &[(u64, u64)] {
        self.marks()
    }
}

pub struct Plain;

impl base::Twist for Plain {}

pub type ReadStates = base::Cache<Plain>;
pub type Snapshot = base::View<Plain>;
