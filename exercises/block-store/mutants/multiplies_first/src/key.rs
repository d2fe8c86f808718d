//! What a block is called.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x100_0000_01b3;

/// The 64-bit FNV-1a hash of a block's bytes.
#[must_use]
pub fn key_of(block: &[u8]) -> u64 {
    block.iter().fold(OFFSET, |hash, &byte| {
        hash.wrapping_mul(PRIME) ^ u64::from(byte)
    })
}
