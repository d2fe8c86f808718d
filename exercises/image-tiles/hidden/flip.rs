use assay::Test;

const _: fn(&mut [u32], usize) = flip::flip;

fn check(t: &mut Test, width: usize, count: usize) {
    let mut pixels: Vec<u32> = (0..count).map(|_| t.rng().below(1000) as u32).collect();
    t.input("width and pixels", &(width, &pixels));
    flip::flip(&mut pixels, width);
    t.observe("flipped", &pixels);
}

assay::tests! {
    /// Rows change places, the middle one stays.
    fn flips_rows(t: &mut Test) {
        for (width, height) in [(1, 1), (1, 2), (3, 4), (4, 5), (7, 3)] {
            check(t, width, width * height);
        }
    }

    /// What is left behind the last row stays.
    fn flips_whole_rows_only(t: &mut Test) {
        for (width, count) in [(0, 5), (3, 0), (3, 2), (3, 8), (4, 13), (9, 19)] {
            check(t, width, count);
        }
    }

    /// Rows change places where they are.
    fn flips_in_place(t: &mut Test) {
        let mut pixels: Vec<u32> = (0..1200).map(|_| t.rng().below(1000) as u32).collect();
        t.count("flip_allocations", || flip::flip(&mut pixels, 30));
        t.observe("flipped", &pixels);
    }
}
