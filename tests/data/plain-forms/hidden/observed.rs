use assay::Test;
use tally::Tally;

assay::tests! {
    /// A word is counted.
    fn observed(t: &mut Test) {
        let word = t.rng().word(1, 4);
        let mut tally = Tally::new();
        t.input("word", &word);
        tally.add(&word);
        t.observe("count", &tally.count(&word));
    }
}
