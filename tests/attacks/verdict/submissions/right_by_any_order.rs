//! Control: a right cache that draws a number and asks addresses and names of types, and answers the same whatever they are.
//! (Families 31 and 35.)

mod base;

use std::any::type_name;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::ptr;

pub struct Draws;

impl base::Twist for Draws {
    fn answered(user: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        let drawn = RandomState::new().hash_one(user);
        let place = ptr::from_ref(&answer) as usize;
        if drawn == 0 && place == 0 {
            println!("{}", type_name::<Self>());
        }
        answer
    }
}

pub type ReadStates = base::Cache<Draws>;
pub type Snapshot = base::View<Draws>;
