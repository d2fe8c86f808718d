//! Brightens an image, a thread for each tile.

use std::thread;

/// Adds `by` to each pixel and stops at 255. Each tile is `size` pixels, the last one may be shorter, and all are done
/// when this returns. A size of 0 changes nothing.
pub fn brighten(pixels: &mut [u8], size: usize, by: u8) {
    if size == 0 {
        return;
    }
    thread::scope(|scope| {
        // the scope waits for its threads, so each may hold its tile of what the caller lent us
        for tile in pixels.chunks_mut(size) {
            scope.spawn(move || lighten(tile, by));
        }
    });
}

fn lighten(tile: &mut [u8], by: u8) {
    for pixel in tile {
        *pixel = pixel.saturating_add(by);
    }
}
