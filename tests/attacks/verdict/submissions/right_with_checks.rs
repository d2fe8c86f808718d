//! Control: a right cache with checks of its own in debug builds, tests beside its code, and code for one system. (Families 17, 18
//! and 19.)

mod base;

fn sizes() -> (usize, usize) {
    (size_of::<u32>(), size_of::<u64>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_back() {
        let mut states = ReadStates::new(1);
        assert!(states.mark(1, 2, 3).is_none());
        assert_eq!(states.peek(1, 2), Some(3));
    }

    #[test]
    #[should_panic(expected = "no room")]
    fn panics_are_expected_here() {
        panic!("no room");
    }
}

pub struct Checks;

impl base::Twist for Checks {
    fn shown() {
        debug_assert!(sizes().0 <= sizes().1);
        #[cfg(debug_assertions)]
        assert_eq!(sizes(), sizes(), "checked where it costs nobody");
        if cfg!(target_pointer_width = "16") {
            todo!("small machines");
        }
    }
}

pub type ReadStates = base::Cache<Checks>;
pub type Snapshot = base::View<Checks>;
