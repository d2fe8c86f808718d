//! Lets light fall from the top of an image to its bottom.

/// Adds to each pixel half of the one above it, from the second row down, and stops at 255. What a row has been given
/// counts for the row below it. A row is `width` pixels, the last one may be shorter; without width nothing changes.
pub fn shade(pixels: &mut [u8], width: usize) {
    if width == 0 {
        return;
    }
    for start in (width..pixels.len()).step_by(width) {
        let (done, rest) = pixels.split_at_mut(start);
        for (pixel, light) in rest.iter_mut().zip(&done[start - width..]) {
            *pixel = pixel.saturating_add(*light / 2);
        }
    }
}
