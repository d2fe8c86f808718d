#[path = "../src/flip.rs"]
mod flip;

use flip::flip;

#[test]
fn example() {
    let mut pixels = [1, 2, 3, 4, 5, 6];
    flip(&mut pixels, 2);
    assert_eq!(pixels, [5, 6, 3, 4, 1, 2]);
}
