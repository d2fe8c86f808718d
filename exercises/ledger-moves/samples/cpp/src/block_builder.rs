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
    // first pass decides by index and only looks, second pass moves each transfer to where it belongs
    let mut fits: Vec<bool> = vec![false; pool.len()];
    let mut weight: u64 = 0;
    let mut fees: u64 = 0;
    for i in 0..pool.len() {
        let mut held = false;
        for j in 0..i {
            if !fits[j] && pool[j].payer == pool[i].payer {
                held = true;
                break;
            }
        }
        if !held && pool[i].weight <= capacity - weight {
            fits[i] = true;
            weight += pool[i].weight;
            fees += pool[i].fee;
        }
    }

    let mut block = Block { transfers: Vec::new(), weight: weight, fees: fees };
    let mut waiting: Vec<Transfer> = Vec::new();
    let mut i: usize = 0;
    for transfer in pool {
        if fits[i] { block.transfers.push(transfer); } else { waiting.push(transfer); }
        i += 1;
    }
    return (block, waiting);
}
