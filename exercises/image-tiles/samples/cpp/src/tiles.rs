//! Brightens an image, a thread for each tile.

use std::thread;

/// Adds `by` to each pixel and stops at 255. Each tile is `size` pixels, the last one may be shorter, and all are done
/// when this returns. A size of 0 changes nothing.
pub fn brighten(pixels: &mut [u8], size: usize, by: u8) {
    if size == 0 {
        return;
    }
    let mut rest: &mut [u8] = pixels;
    thread::scope(move |scope| {
        while rest.len() > 0 {
            let length: usize = if rest.len() < size { rest.len() } else { size };
            // cut a tile off the front, like a span: the two halves do not alias
            let (tile, tail) = rest.split_at_mut(length);
            rest = tail;
            scope.spawn(move || {
                for i in 0..tile.len() {
                    let sum: u32 = tile[i] as u32 + by as u32;
                    tile[i] = if sum > 255 { 255 } else { sum as u8 };
                }
            });
        }
    });
    return;
}
