use tally::Tally;

pub fn filled(words: &[&str]) -> Tally {
    let mut tally = Tally::new();
    words.iter().for_each(|word| tally.add(word));
    tally
}
