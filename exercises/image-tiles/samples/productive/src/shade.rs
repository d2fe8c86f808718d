//! Lets light fall from the top of an image to its bottom.

/// Adds to each pixel half of the one above it, from the second row down, and stops at 255. What a row has been given
/// counts for the row below it. A row is `width` pixels, the last one may be shorter; without width nothing changes.
pub fn shade(pixels: &mut [u8], width: usize) {
    if width == 0 {
        return;
    }
    let mut above = Vec::with_capacity(width.min(pixels.len()));
    for row in pixels.chunks_mut(width) {
        for (pixel, light) in row.iter_mut().zip(&above) {
            *pixel = pixel.saturating_add(*light / 2);
        }
        // the row is kept for the next one, since it cannot be lent while that is written
        above.clear();
        above.extend_from_slice(row);
    }
}
