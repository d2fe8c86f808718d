pub mod ways;

use tally::*;

pub fn twice(word: &str) -> Tally {
    let mut tally = Tally::new();
    tally.add(word);
    tally.add(word);
    assert_eq!(tally.first(), Some(word));
    tally
}
