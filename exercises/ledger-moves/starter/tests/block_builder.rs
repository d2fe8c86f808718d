#[allow(dead_code)]
#[path = "../src/block_builder.rs"]
mod block_builder;

use block_builder::{build_block, Transfer};

fn transfer(payer: &str, number: u64, weight: u64) -> Transfer {
    Transfer {
        payer: payer.to_string(),
        number,
        weight,
        fee: 1,
    }
}

#[test]
fn a_payer_waits_behind_their_own_transfer() {
    let pool = vec![
        transfer("ada", 1, 6),
        transfer("bo", 1, 6),
        transfer("bo", 2, 1),
        transfer("cleo", 1, 4),
    ];
    let (block, waiting) = build_block(pool, 10);
    let payers = |transfers: &[Transfer]| -> Vec<String> {
        transfers.iter().map(|t| t.payer.clone()).collect()
    };
    assert_eq!(payers(&block.transfers), ["ada", "cleo"]);
    assert_eq!((block.weight, block.fees), (10, 2));
    assert_eq!(payers(&waiting), ["bo", "bo"]);
}
