//! Brightens an image, a thread for each tile.

use std::thread;

/// Adds `by` to each pixel and stops at 255. Each tile is `size` pixels, the last one may be shorter, and all are done
/// when this returns. A size of 0 changes nothing.
pub fn brighten(pixels: &mut [u8], size: usize, by: u8) {
    if size == 0 {
        return;
    }
    thread::scope(|scope| {
        let mut workers = Vec::new();
        for tile in pixels.chunks_mut(size) {
            workers.push(scope.spawn(move || {
                for pixel in tile {
                    *pixel = pixel.saturating_add(by);
                }
            }));
        }
        for worker in workers {
            let _ = worker.join();
        }
    });
}
