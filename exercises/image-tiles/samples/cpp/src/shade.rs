//! Lets light fall from the top of an image to its bottom.

/// Adds to each pixel half of the one above it, from the second row down, and stops at 255. What a row has been given
/// counts for the row below it. A row is `width` pixels, the last one may be shorter; without width nothing changes.
pub fn shade(pixels: &mut [u8], width: usize) {
    if width == 0 {
        return;
    }
    for i in width..pixels.len() {
        let sum: u32 = pixels[i] as u32 + (pixels[i - width] / 2) as u32;
        pixels[i] = if sum > 255 { 255 } else { sum as u8 };
    }
    return;
}
