//! Turns an image upside down, where it is.

/// Swaps the first row with the last, and so on to the middle. A row is `width` pixels; what is left behind the last
/// whole row stays where it is, and an image without width stays as it is.
pub fn flip(pixels: &mut [u32], width: usize) {
    if width == 0 {
        return;
    }
    let height = pixels.len() / width;
    let mut y: usize = 0;
    while y < height / 2 {
        for x in 0..width { pixels.swap(y * width + x, (height - 1 - y) * width + x); }
        y += 1;
    }
    return;
}
