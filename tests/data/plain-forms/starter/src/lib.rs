pub fn total() -> usize {
    count
}
