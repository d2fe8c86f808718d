/// The shortest line, and how many lines there are.
pub fn longest(lines: Vec<String>) -> (String, usize) {
    let count = lines.len();
    (lines.into_iter().min_by_key(String::len).unwrap_or_default(), count)
}
