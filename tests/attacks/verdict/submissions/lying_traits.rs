//! A wrong cache whose types are equal to everything, print what is wanted, hash and sort alike, and turn into whatever is
//! asked. The tests hand over plain values only. (Family 16.)

mod base;

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

type Shown = base::View<Lies>;

impl<T: ?Sized> PartialEq<T> for Shown {
    fn eq(&self, _: &T) -> bool {
        true
    }
}

impl Eq for Shown {}

impl PartialOrd for Shown {
    fn partial_cmp(&self, _: &Self) -> Option<Ordering> {
        Some(Ordering::Equal)
    }
}

impl Ord for Shown {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Hash for Shown {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl fmt::Debug for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("None")
    }
}

impl Deref for Shown {
    type Target = [(u64, u64)];

    fn deref(&self) -> &[(u64, u64)] {
        &[]
    }
}

impl Borrow<Option<u64>> for Shown {
    fn borrow(&self) -> &Option<u64> {
        &None
    }
}

impl From<Shown> for Option<u64> {
    fn from(_: Shown) -> Self {
        None
    }
}

pub struct Lies;

impl base::Twist for Lies {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Lies>;
pub type Snapshot = base::View<Lies>;
