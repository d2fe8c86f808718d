#[path = "../src/layer.rs"]
mod layer;

use layer::{Canvas, Layer};

#[test]
fn example() {
    let mut canvas = Canvas::default();
    let sky = Layer {
        name: String::from("sky"),
        pixels: vec![0, 7],
    };
    assert_eq!(canvas.exchange(sky), "");
    assert_eq!(canvas.exchange(Layer::default()), "sky");
    assert_eq!(canvas.drawn, 1);
}
