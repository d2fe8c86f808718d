use assay::{Rng, Test};
use block_builder::{build_block, Block, Transfer};

// the unit's names and types, pinned
const _: fn(Vec<Transfer>, u64) -> (Block, Vec<Transfer>) = build_block;
const _: fn(Block) -> (Vec<Transfer>, u64, u64) = |block| (block.transfers, block.weight, block.fees);
const _: fn(Transfer) -> (String, u64, u64, u64) =
    |transfer| (transfer.payer, transfer.number, transfer.weight, transfer.fee);

/// A pool of a few payers, each transfer with a number, a weight up to `heaviest` and a fee.
fn pool(rng: &mut Rng, length: usize, payers: u64, heaviest: u64) -> Vec<(String, u64, u64, u64)> {
    (1..=length as u64)
        .map(|number| (format!("payer-{}", rng.below(payers)), number, rng.below(heaviest + 1), rng.below(90)))
        .collect()
}

fn transfers(pool: &[(String, u64, u64, u64)]) -> Vec<Transfer> {
    pool.iter()
        .map(|(payer, number, weight, fee)| Transfer { payer: payer.clone(), number: *number, weight: *weight, fee: *fee })
        .collect()
}

fn plain(transfers: Vec<Transfer>) -> Vec<(String, u64, u64, u64)> {
    transfers.into_iter().map(|transfer| (transfer.payer, transfer.number, transfer.weight, transfer.fee)).collect()
}

fn build(t: &mut Test, pool: &[(String, u64, u64, u64)], capacity: u64) -> Vec<Transfer> {
    t.input("pool", &pool);
    t.input("capacity", &capacity);
    let (block, waiting) = build_block(transfers(pool), capacity);
    t.observe("weight", &block.weight);
    t.observe("fees", &block.fees);
    t.observe("block", &plain(block.transfers));
    waiting
}

assay::tests! {
    /// A pool with room for all of it becomes the block, in its order.
    fn everything_fits(t: &mut Test) {
        for round in 0..8 {
            let length = if round == 0 { 0 } else { 1 + t.rng().index(20) };
            let pool = pool(t.rng(), length, 6, 30);
            // every other time to the last unit of weight: all of it fits
            let capacity = pool.iter().map(|transfer| transfer.2).sum::<u64>() + round % 2;
            let waiting = build(t, &pool, capacity);
            t.observe("waiting", &plain(waiting));
        }
    }

    /// Lighter transfers of other payers still go into a block that a heavy one did not fit into.
    fn others_go_on(t: &mut Test) {
        for _ in 0..8 {
            let mut pool = pool(t.rng(), 12, 4, 9);
            let heavy = t.rng().index(6);
            pool[heavy].0 = String::from("whale");
            pool[heavy].2 = u64::MAX;
            let waiting = build(t, &pool, 60);
            t.observe("waiting", &plain(waiting));
        }
    }

    /// Behind a transfer that waits, all later ones of its payer wait too, however light.
    fn payers_keep_their_order(t: &mut Test) {
        for _ in 0..12 {
            let length = 10 + t.rng().index(30);
            let payers = 1 + t.rng().below(5);
            let pool = pool(t.rng(), length, payers, 20);
            let capacity = 30 + t.rng().below(120);
            let mut waiting = build(t, &pool, capacity);
            // what waited is the head of the next pool
            for block in 0..3 {
                let (next, still) = build_block(waiting, capacity);
                t.observe("next block", &(block, next.weight, next.fees));
                t.observe("its transfers", &plain(next.transfers));
                waiting = still;
            }
            t.observe("waiting", &plain(waiting));
        }
    }

    /// Four hundred transfers move into the block or wait, each as it is.
    fn moves_each_transfer(t: &mut Test) {
        let pool = transfers(&pool(t.rng(), 400, 50, 20));
        let (block, waiting) = t.count("build_allocations", || build_block(pool, 2000));
        t.observe("block", &(block.weight, block.fees, plain(block.transfers)));
        t.observe("waiting", &plain(waiting));
    }
}
