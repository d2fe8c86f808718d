use slot_arena::{Arena, Token};

#[test]
fn stress()
{
    let arena: Arena<[u64; 8]> = Arena::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut seed: u64 = 12345;
    for i in 0..100000u64 {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        if tokens.len() == 0 || seed >> 62 != 0 {
            let slot = arena.insert([i; 8]);
            tokens.push(slot.park());
        } else {
            let k = (seed >> 20) as usize % tokens.len();
            let t = tokens.swap_remove(k);
            let slot = arena.claim(t).unwrap();
            assert!(slot[0] == slot[7]);
        }
        assert!(arena.len() == tokens.len());
    }
}
