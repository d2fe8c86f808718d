//! Control: a right cache that defines macros, exports one under a name of its own, and uses std's by their full names. (Families
//! 14 and 15.)

mod base;

/// Pairs as one writes them.
#[macro_export]
macro_rules! pairs {
    ($($left:expr => $right:expr),* $(,)?) => {
        [$(($left, $right)),*]
    };
}

macro_rules! assert_sorted {
    ($items:expr) => {
        assert!($items.windows(2).all(|two| two[0] <= two[1]), "unsorted")
    };
}

pub struct Macros;

impl base::Twist for Macros {
    fn shown() {
        let shown = pairs![1 => 2, 3 => 4];
        std::assert_eq!(shown.len(), 2);
        assert_sorted!(shown);
    }
}

pub type ReadStates = base::Cache<Macros>;
pub type Snapshot = base::View<Macros>;
