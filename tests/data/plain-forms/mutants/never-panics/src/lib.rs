use std::collections::BTreeMap;

#[derive(Debug, PartialEq)]
pub struct Missing;

pub type Result<T> = std::result::Result<T, Missing>;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    counts: BTreeMap<String, usize>,
}

impl Tally {
    pub fn new() -> Tally {
        Tally::default()
    }

    pub fn add(&mut self, word: &str) {
        *self.counts.entry(word.to_string()).or_default() += 1;
    }

    pub fn count(&self, word: &str) -> usize {
        self.counts.get(word).copied().unwrap_or(0)
    }

    pub fn try_count(&self, word: &str) -> Result<usize> {
        self.counts.get(word).copied().ok_or(Missing)
    }

    /// Panics where there is no such word.
    pub fn known(&self, word: &str) -> usize {
        self.try_count(word).unwrap_or(0)
    }

    pub fn first(&self) -> Option<&str> {
        self.counts.keys().next().map(String::as_str)
    }

    pub fn last(&self) -> Option<&str> {
        self.counts.keys().next_back().map(String::as_str)
    }

    pub fn each(&self, mut visit: impl FnMut(&str, usize)) {
        for (word, count) in &self.counts {
            visit(word, *count);
        }
    }
}
