//! Nothing is written yet, in words that a test for "it panics" would take for right. (Family 17.)

mod base;

pub struct Todo;

impl base::Twist for Todo {
    fn made() {
        todo!("later")
    }
}

pub type ReadStates = base::Cache<Todo>;
pub type Snapshot = base::View<Todo>;
