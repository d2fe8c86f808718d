//! Random choices from a seed: SplitMix64 (Steele, Lea and Flood, 2014), small, fast and the same on every machine.

/// A stream of choices that a seed decides.
pub struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Rng(seed)
    }

    /// Any 64-bit value.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A value in `0..bound`. Panics where the bound is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "below(0) has no value to give");
        // the bias is under 2^-32 for the bounds that tests use
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// A value in `low..=high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.wrapping_sub(low) as u64;
        if width == u64::MAX {
            return self.next() as i64;
        }
        low.wrapping_add(self.below(width + 1) as i64)
    }

    /// An index below `length`.
    pub fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// True `of` times in `out_of`.
    pub fn chance(&mut self, of: u64, out_of: u64) -> bool {
        self.below(out_of) < of
    }

    /// One of the choices. Panics on an empty slice.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.index(choices.len())]
    }

    /// Fisher and Yates.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }

    /// Ids that differ from one another, anywhere among all, in no order.
    pub fn ids(&mut self, count: usize) -> Vec<u64> {
        let mut ids: Vec<u64> = Vec::with_capacity(count);
        let mut seen = std::collections::HashSet::with_capacity(count);
        while ids.len() < count {
            let id = self.next();
            if seen.insert(id) {
                ids.push(id);
            }
        }
        ids
    }

    /// A word of lower-case letters, between the two lengths.
    pub fn word(&mut self, shortest: usize, longest: usize) -> String {
        let length = shortest + self.index(longest - shortest + 1);
        (0..length).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }
}
