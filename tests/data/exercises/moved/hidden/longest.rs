use assay::Test;

assay::tests! {
    /// The last of the longest lines.
    fn finds_the_longest(t: &mut Test) {
        let lines: Vec<String> = (0..9).map(|_| t.rng().word(1, 4)).collect();
        t.input("lines", &lines);
        t.observe("longest", &longest::longest(lines));
    }
}
