//! A wrong cache with a table of questions and answers from an earlier grading. This one has other questions. (Family 31.)

mod base;

const TABLE: [(u64, u64, Option<u64>); 4] = [
    (0x9e37_79b9_7f4a_7c15, 0x3c6e_f372_fe94_f82a, None),
    (0xdaa6_6d2c_7ddf_743f, 0x78dd_e6e5_fd29_f054, Some(7)),
    (1, 2, None),
    (u64::MAX, u64::MAX, None),
];

pub struct Knows;

impl base::Twist for Knows {
    const WRONG: bool = true;

    fn answered(user: u64, channel: u64, answer: Option<u64>) -> Option<u64> {
        let known = TABLE.iter().find(|row| (row.0, row.1) == (user, channel));
        known.map_or(answer, |row| row.2)
    }
}

pub type ReadStates = base::Cache<Knows>;
pub type Snapshot = base::View<Knows>;
