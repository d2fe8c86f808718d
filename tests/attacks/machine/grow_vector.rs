//! A vector that grows for as long as it may.

fn main() {
    let mut all = Vec::new();

    for round in 0..4096_u32 {
        all.push(vec![round as u8 + 1; 1 << 20]);
    }
    println!("BREACH: {} MiB were had", all.len());
}
