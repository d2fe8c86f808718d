//! Fills the next block from the pool of signed transfers.
//!
//! A block has room for a fixed weight. Transfers are tried in the order in which they came. One that does not fit
//! waits for the next block, and so does every later transfer of the same payer: a payer's transfers are numbered, and
//! validators refuse number 8 before they have seen number 7.

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
    let mut block: Block = Block { transfers: Vec::new(), weight: 0, fees: 0 };
    let mut waiting: Vec<Transfer> = Vec::new();
    for transfer in pool.into_iter() {
        let mut held: bool = false;
        for i in 0..waiting.len() {
            if waiting[i].payer == transfer.payer {
                held = true;
                break;
            }
        }
        if held == false && transfer.weight <= capacity - block.weight {
            block.weight = block.weight + transfer.weight;
            block.fees = block.fees + transfer.fee;
            block.transfers.push(transfer);
        } else {
            waiting.push(transfer);
        }
    }
    return (block, waiting);
}
