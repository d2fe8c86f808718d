//! Control: the shared right solution as it is. (Families 1–13; it allocates for each use, so level 2.)

mod base;

pub struct Nothing;

impl base::Twist for Nothing {}

pub type ReadStates = base::Cache<Nothing>;
pub type Snapshot = base::View<Nothing>;
