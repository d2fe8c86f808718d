//! Lets light fall from the top of an image to its bottom.

/// Adds to each pixel half of the one above it, from the second row down, and stops at 255. What a row has been given
/// counts for the row below it. A row is `width` pixels, the last one may be shorter; without width nothing changes.
pub fn shade(pixels: &mut [u8], width: usize) {
    if width == 0 {
        return;
    }
    let mut start = width;
    while start < pixels.len() {
        let end = pixels.len().min(start + width);
        let above = pixels[start - width..start].to_vec();
        let row = &mut pixels[start..end];
        for (pixel, light) in row.iter_mut().zip(&above) {
            *pixel = pixel.saturating_add(*light / 2);
        }
        start = end;
    }
}
