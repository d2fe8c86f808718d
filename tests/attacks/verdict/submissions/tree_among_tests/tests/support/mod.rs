/// Four copies.
pub fn copies(word: &str) -> [String; 4] {
    let (first, second) = (word.to_owned(), word.to_owned());
    [first, second, word.to_owned(), word.to_owned()]
}
