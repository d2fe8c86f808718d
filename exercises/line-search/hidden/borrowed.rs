//! Lines that borrow the text, and nothing else.

use assay::Test;
use line_search::{Line, Search};

/// The search and what it looked for are gone when the line is looked at.
fn first<'t>(text: &'t [u8], word: &str) -> Option<Line<'t>> {
    let needle = String::from(word);
    let search = Search::new(needle.as_bytes()).around(1, 0);
    let mut lines = search.lines(text);
    let line = Iterator::next(&mut lines);
    line
}

/// The bytes live as long as the text, not as long as the line.
fn bytes<'t>(text: &'t [u8], word: &str) -> Option<&'t [u8]> {
    let line = first(text, word)?;
    Some(line.text)
}

assay::tests! {
    /// A line is a slice of the text, and outlives the search.
    fn lines_outlive_the_search(t: &mut Test) {
        for _ in 0..8 {
            let word = t.rng().word(2, 5);
            let text = format!("{word}\nnot\n{word} again\n").into_bytes();
            t.input("text", &text);
            let at = bytes(&text[1..], &word).map(|line| line.as_ptr() as usize - text.as_ptr() as usize);
            let line = first(&text[1..], &word).map(|line| (line.number, line.offset, line.opens));
            t.observe("where it stands, number, offset", &(at, line));
        }
    }
}
