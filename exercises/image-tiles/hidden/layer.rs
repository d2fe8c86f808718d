use assay::Test;
use layer::{Canvas, Layer};

const _: fn(&mut Canvas, Layer) -> String = Canvas::exchange;

assay::tests! {
    /// Names and counts are those of the layer before.
    fn exchanges_layers(t: &mut Test) {
        let mut canvas = Canvas::default();
        for _ in 0..8 {
            let name = t.rng().word(1, 8);
            let pixels: Vec<u32> = (0..12).map(|_| t.rng().below(3) as u32).collect();
            t.input("layer", &(&name, &pixels));
            let before = canvas.exchange(Layer { name, pixels });
            t.observe("before", &(before, canvas.drawn));
            t.observe("top", &(&canvas.top.name, &canvas.top.pixels));
        }
    }

    /// Nothing of a layer is copied.
    fn exchanges_without_copies(t: &mut Test) {
        let pixels: Vec<u32> = (0..200).map(|_| t.rng().below(3) as u32).collect();
        let mut canvas = Canvas { top: Layer { name: t.rng().word(4, 8), pixels }, drawn: 0 };
        let before = t.count("exchange_allocations", || canvas.exchange(Layer::default()));
        t.observe("before", &(before, canvas.drawn));
    }
}
