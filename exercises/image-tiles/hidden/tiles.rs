use assay::Test;

const _: fn(&mut [u8], usize, u8) = tiles::brighten;

fn check(t: &mut Test, size: usize, count: usize, by: u8) {
    let mut pixels: Vec<u8> = (0..count).map(|_| t.rng().below(256) as u8).collect();
    t.input("size, by and pixels", &(size, by, &pixels));
    tiles::brighten(&mut pixels, size, by);
    t.observe("brightened", &pixels);
}

assay::tests! {
    /// Every pixel of every tile is brightened, once.
    fn brightens_tiles(t: &mut Test) {
        for (size, count) in [(4, 12), (5, 5), (1, 3)] {
            check(t, size, count, 20);
        }
    }

    /// The last tile may be short, and a size of 0 changes nothing.
    fn brightens_short_tiles(t: &mut Test) {
        for (size, count) in [(4, 11), (8, 3), (3, 0), (0, 4)] {
            check(t, size, count, 200);
        }
    }
}
