/// The longest line, the last one of several, and how many lines there are.
pub fn longest(lines: Vec<String>) -> (String, usize) {
    let count = lines.len();
    (lines.into_iter().max_by_key(String::len).unwrap_or_default(), count)
}
