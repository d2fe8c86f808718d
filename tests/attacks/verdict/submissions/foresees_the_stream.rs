//! A wrong cache takes the first user's id for a step of the harness's stream of choices, turns that back into its state, and
//! so knows what will be asked. It does not help: nothing in the process knows the answers. (Family 31.)

mod base;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static STATE: AtomicU64 = AtomicU64::new(0);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn next(state: u64) -> u64 {
    let mut mixed = state.wrapping_add(STEP);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The inverse of an odd number, by Newton's steps.
fn inverse(odd: u64) -> u64 {
    (0..6).fold(odd, |guess, _| {
        guess.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(guess)))
    })
}

fn state_before(value: u64) -> u64 {
    let mut mixed = value ^ (value >> 31) ^ (value >> 62);
    mixed = mixed.wrapping_mul(inverse(0x94d0_49bb_1331_11eb));
    mixed = mixed ^ (mixed >> 27) ^ (mixed >> 54);
    mixed = mixed.wrapping_mul(inverse(0xbf58_476d_1ce4_e5b9));
    mixed = mixed ^ (mixed >> 30) ^ (mixed >> 60);
    mixed.wrapping_sub(STEP)
}

pub struct Foresees;

impl base::Twist for Foresees {
    const WRONG: bool = true;

    fn marked(user: u64, _: u64, _: u64) {
        if STATE.load(Relaxed) == 0 {
            STATE.store(state_before(user), Relaxed);
        }
    }

    fn answered(user: u64, channel: u64, answer: Option<u64>) -> Option<u64> {
        let start = STATE.load(Relaxed);
        let soon =
            |id| (0..64).any(|step: u64| next(start.wrapping_add(step.wrapping_mul(STEP))) == id);
        answer.filter(|&message| message > 0 || soon(user) && soon(channel))
    }
}

pub type ReadStates = base::Cache<Foresees>;
pub type Snapshot = base::View<Foresees>;
