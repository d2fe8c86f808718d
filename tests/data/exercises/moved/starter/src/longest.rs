pub fn longest(lines: Vec<String>) -> (String, usize) {
    let mut best = String::new();
    for line in lines {
        if line.len() >= best.len() {
            best = line;
        }
    }
    (best, lines.len())
}
