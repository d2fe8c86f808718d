//! What a submission looks like: types, traits, generics, tests. Clippy has something to say about it.
use std::collections::{BTreeMap, HashMap};
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry {
    pub key: String,
    pub amount: i64,
}

#[derive(Debug, PartialEq)]
pub enum Trouble {
    Empty,
    Overflow(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Empty => write!(f, "nothing to add"),
            Trouble::Overflow(key) => write!(f, "{key} is too large"),
        }
    }
}

impl std::error::Error for Trouble {}

pub fn totals(entries: &Vec<Entry>) -> Result<BTreeMap<String, i64>, Trouble> {
    if entries.len() == 0 {
        return Err(Trouble::Empty);
    }
    let mut sums: HashMap<&str, i64> = HashMap::new();
    for entry in entries.iter() {
        let sum = sums.entry(entry.key.as_str()).or_insert(0);
        *sum = sum.checked_add(entry.amount).ok_or_else(|| Trouble::Overflow(entry.key.clone()))?;
    }
    return Ok(sums.into_iter().map(|(key, sum)| (key.to_string(), sum)).collect());
}

pub fn largest<T: PartialOrd + Copy>(items: &[T]) -> Option<T> {
    items.iter().copied().fold(None, |best, item| match best {
        Some(best) if best >= item => Some(best),
        _ => Some(item),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, amount: i64) -> Entry {
        Entry { key: key.into(), amount }
    }

    #[test]
    fn adds() {
        let sums = totals(&vec![entry("a", 1), entry("b", 2), entry("a", 3)]).unwrap();
        println!("{sums:?}");
        assert_eq!(sums["a"], 4);
    }

    #[test]
    fn nothing() -> Result<(), Box<dyn std::error::Error>> {
        assert_eq!(totals(&Vec::new()).unwrap_err(), Trouble::Empty);
        Ok(())
    }

    #[test]
    #[should_panic(expected = "Overflow")]
    fn overflows() {
        totals(&vec![entry("a", i64::MAX), entry("a", 1)]).unwrap();
    }

    #[test]
    #[ignore]
    fn fails() {
        assert_eq!(largest(&[1, 3, 2]), Some(2));
    }
}
