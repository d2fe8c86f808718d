#[path = "../src/shade.rs"]
mod shade;

use shade::shade;

#[test]
fn example() {
    let mut pixels = [8, 4, 0, 0];
    shade(&mut pixels, 2);
    assert_eq!(pixels, [8, 4, 4, 2]);
}
