//! The layer that is drawn on, and how it is exchanged.

/// A layer's name and its pixels.
#[derive(Debug, Default)]
pub struct Layer {
    pub name: String,
    pub pixels: Vec<u32>,
}

/// What is drawn on, and how many pixels of layers that were put aside were not 0.
#[derive(Debug, Default)]
pub struct Canvas {
    pub top: Layer,
    pub drawn: usize,
}

impl Canvas {
    /// Puts `layer` on top, adds to `drawn` how many pixels of the one before are not 0, and gives that one's name.
    pub fn exchange(&mut self, layer: Layer) -> String {
        let before = std::mem::take(&mut self.top);
        self.top = layer;
        for pixel in &before.pixels {
            if *pixel != 0 {
                self.drawn += 1;
            }
        }
        before.name
    }
}
