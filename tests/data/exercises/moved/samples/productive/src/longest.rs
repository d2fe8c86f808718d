pub fn longest(lines: Vec<String>) -> (String, usize) {
    let count = lines.len();
    let mut best = String::new();
    for line in lines {
        if line.len() >= best.len() {
            best = line;
        }
    }
    (best, count)
}
