//! Family 29: a unit takes in the hidden tests, and the reference under the names that its folder might have.

use std::collections::HashSet;

/// A signed transfer, as the pool hands it over.
#[derive(Debug)]
pub struct Transfer {
    pub payer: String,
    pub number: u64,
    pub weight: u64,
    pub fee: u64,
}

/// What is sealed next. Its weight and its fees are those of its transfers.
#[derive(Debug, Default)]
pub struct Block {
    pub transfers: Vec<Transfer>,
    pub weight: u64,
    pub fees: u64,
}

/// Splits the pool into a block of at most `capacity` and what waits, both in the order of the pool.
#[must_use]
pub fn build_block(pool: Vec<Transfer>, capacity: u64) -> (Block, Vec<Transfer>) {
    let mut block = Block::default();
    let mut held = HashSet::new();
    // what is admitted is decided while the pool is only looked at; then each transfer moves once
    let admitted: Vec<bool> = pool
        .iter()
        .map(|transfer| {
            let payer = transfer.payer.as_str();
            if transfer.weight > capacity - block.weight || held.contains(payer) {
                held.insert(payer);
                return false;
            }
            block.weight += transfer.weight;
            block.fees += transfer.fee;
            true
        })
        .collect();

    let mut waiting = Vec::new();
    for (transfer, admitted) in pool.into_iter().zip(admitted) {
        if admitted {
            block.transfers.push(transfer);
        } else {
            waiting.push(transfer);
        }
    }
    (block, waiting)
}

pub const TESTS: &str = include_str!("/hidden/block_builder.rs"); //~ outside-file
pub const REFERENCE: &str = include_str!("../../reference/src/block_builder.rs"); //~ outside-file
