//! A random walk beside a model that is slow and obvious: a map of what is parked and a list of what is held.

use slot_arena::{Arena, Slot, Token};
use std::collections::BTreeMap;
use std::num::NonZeroU32;

/// Any stream of numbers will do, as long as it is the same each time.
struct Choices(u64);

impl Choices {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn the_arena_is_a_map_with_addresses() {
    for lives in [1, 2, 5, u32::MAX] {
        let mut choices = Choices(u64::from(lives));
        let arena = Arena::with_lives(NonZeroU32::new(lives).unwrap());
        let mut held: Vec<(Slot<'_, String>, String)> = Vec::new();
        let mut parked: BTreeMap<u64, String> = BTreeMap::new();
        let mut tokens: Vec<u64> = Vec::new();
        for step in 0..4000 {
            let at = choices.below(held.len().max(1));
            match choices.below(6) {
                0 | 1 => {
                    let value = step.to_string();
                    let slot = arena.insert(value.clone());
                    assert!(!tokens.contains(&slot.token().to_bits()));
                    tokens.push(slot.token().to_bits());
                    held.push((slot, value));
                }
                2 if !held.is_empty() => {
                    let (slot, value) = held.swap_remove(at);
                    parked.insert(slot.park().to_bits(), value);
                }
                3 if !held.is_empty() => {
                    let (slot, value) = held.swap_remove(at);
                    assert_eq!(slot.into_inner(), value);
                }
                4 if !held.is_empty() => {
                    let (slot, value) = &mut held[at];
                    slot.push('!');
                    value.push('!');
                }
                _ if !tokens.is_empty() => {
                    let token = tokens[choices.below(tokens.len())];
                    let found = arena.claim(Token::from_bits(token));
                    assert_eq!(found.as_deref(), parked.get(&token));
                    held.extend(found.zip(parked.remove(&token)));
                }
                _ => {}
            }
            assert_eq!(arena.len(), held.len() + parked.len());
        }
        for (slot, value) in &held {
            assert_eq!(**slot, *value);
        }
    }
}
