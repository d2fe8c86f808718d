#[path = "../src/tiles.rs"]
mod tiles;

use tiles::brighten;

#[test]
fn example() {
    let mut pixels = [1, 2, 250];
    brighten(&mut pixels, 2, 10);
    assert_eq!(pixels, [11, 12, 255]);
}
