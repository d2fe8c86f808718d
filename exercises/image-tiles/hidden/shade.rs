use assay::Test;

const _: fn(&mut [u8], usize) = shade::shade;

fn check(t: &mut Test, width: usize, count: usize, least: u8, most: u8) {
    let mut pixels: Vec<u8> = (0..count).map(|_| t.rng().between(least.into(), most.into()) as u8).collect();
    t.input("width and pixels", &(width, &pixels));
    shade::shade(&mut pixels, width);
    t.observe("shaded", &pixels);
}

assay::tests! {
    /// Light falls from row to row.
    fn light_falls(t: &mut Test) {
        for (width, height) in [(1, 6), (3, 4), (4, 5)] {
            check(t, width, width * height, 0, 99);
        }
    }

    /// Bright pixels stay at 255, and a short row is a row.
    fn stops_at_white(t: &mut Test) {
        for (width, count) in [(0, 5), (3, 0), (3, 2), (3, 11), (4, 13)] {
            check(t, width, count, 128, 255);
        }
    }

    /// Rows are shaded where they are.
    fn shades_in_place(t: &mut Test) {
        let mut pixels: Vec<u8> = (0..1200).map(|_| t.rng().below(256) as u8).collect();
        t.count("shade_allocations", || shade::shade(&mut pixels, 30));
        t.observe("shaded", &pixels);
    }
}
