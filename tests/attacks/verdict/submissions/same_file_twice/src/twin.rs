/// Two copies.
pub fn copies(word: &str) -> [String; 2] {
    [word.to_owned(), word.to_owned()]
}
